using System.Diagnostics;
using System.Security.Cryptography;
using ChainSpace.Journal;
using ChainSpace.Protocol.Merkle;

namespace ChainSpace.Bench;

/// <summary>The journal alone: appends with Merkle tree and fsync, commit latency under load, proofs.</summary>
internal sealed class JournalGroup : IGroup
{
    private const int EntrySize = 450;

    public string Name => "journal";

    public Task<IReadOnlyList<Result>> RunAsync()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("chainspace-bench-");
        try
        {
            return Task.FromResult(Run(folder.FullName));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static IReadOnlyList<Result> Run(string folder)
    {
        using JournalStore journal = JournalStore.Open(folder);
        Append(journal, 2_048, 20);
        (double perSecond, _) = Append(journal, 2_048, 200);
        (_, List<double> commits) = Append(journal, 256, 1_000);
        return
        [
            new("journal.append_per_s", perSecond, "entries/s", ">= 250000", "batches of 2,048, SQLite WAL FULL, 450-byte entries"),
            new("journal.commit_p99_ms", commits[(int)(commits.Count * 0.99)], "ms", "<= 15", "1,000 batches of 256 without pause"),
            new("journal.proofs_per_s", Proofs(journal), "proofs/s", ">= 50000", "inclusion, one thread, tiles in cache"),
        ];
    }

    private static (double PerSecond, List<double> Milliseconds) Append(JournalStore journal, int size, int batches)
    {
        ReadOnlyMemory<byte>[] entries = [.. Enumerable.Range(0, size)
            .Select(static _ => (ReadOnlyMemory<byte>)RandomNumberGenerator.GetBytes(EntrySize))];
        List<double> commits = [];
        long begin = Stopwatch.GetTimestamp();
        for (int batch = 0; batch < batches; batch++)
        {
            long start = Stopwatch.GetTimestamp();
            journal.Append(journal.Size, entries);
            commits.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
        }

        double seconds = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        commits.Sort();
        return ((double)size * batches / seconds, commits);
    }

    private static double Proofs(JournalStore journal)
    {
        const int Count = 100_000;
        long size = journal.Size, window = Math.Min(size, 500_000), hashes = 0;
        long begin = Stopwatch.GetTimestamp();
        for (long i = 0; i < Count; i++)
        {
            InclusionProof proof = journal.ProveInclusion(size - 1 - (i * 7_919 % window), size);
            hashes += proof.Path.Length;
        }

        return hashes > 0 ? Count / Stopwatch.GetElapsedTime(begin).TotalSeconds : 0;
    }
}
