using System.Collections.Immutable;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>A program handed in: its files by name, nothing else. Named by the hash of its content.</summary>
public sealed class Submission
{
    /// <summary>Most files.</summary>
    public const int MostFiles = 200;

    /// <summary>Most bytes of all files together.</summary>
    public const int MostBytes = 4 * 1_048_576;

    private Submission(ImmutableSortedDictionary<string, byte[]> files) => Files = files;

    /// <summary>Content of each file, by its name, such as <c>lib/sort.py</c>.</summary>
    public ImmutableSortedDictionary<string, byte[]> Files { get; }

    /// <summary>SHA-256 of names and contents; the same for a folder and an archive of it.</summary>
    public Bytes32 Hash
    {
        get
        {
            CanonicalBytes bytes = new CanonicalBytes("chainspace-submission/v1").Number(Files.Count);
            foreach ((string name, byte[] content) in Files) bytes.Text(name).Bytes(content);
            return bytes.Hash;
        }
    }

    /// <summary>A program of these files.</summary>
    /// <exception cref="SubmissionException">A name leads elsewhere, or there is too much.</exception>
    public static Submission Of(IEnumerable<KeyValuePair<string, byte[]>> files)
    {
        ArgumentNullException.ThrowIfNull(files);
        ImmutableSortedDictionary<string, byte[]>.Builder read =
            ImmutableSortedDictionary.CreateBuilder<string, byte[]>(StringComparer.Ordinal);
        long size = 0;
        foreach ((string name, byte[] content) in files)
        {
            if (!IsName(name)) throw new SubmissionException($"'{name}' is no name for a file of a submission.");
            if ((size += content.Length) > MostBytes) throw new SubmissionException("A submission has 4 MiB at most.");
            if (!read.TryAdd(name, content)) throw new SubmissionException($"The submission has the file {name} twice.");
            if (read.Count > MostFiles) throw new SubmissionException($"A submission has {MostFiles} files at most.");
        }

        string? both = read.Keys.FirstOrDefault(
            name => read.Keys.Any(each => each.StartsWith(name + "/", StringComparison.Ordinal)));
        if (both is not null) throw new SubmissionException($"{both} is a file and a folder.");
        return new Submission(read.ToImmutable());
    }

    /// <summary>
    /// Relative, downwards, of letters, digits, hyphen, underscore and dot; no part begins with a dot. At most 200
    /// characters.
    /// </summary>
    public static bool IsName(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        return name.Length <= 200 && name.Split('/').All(static part =>
            part.Length > 0 && part[0] != '.'
            && part.All(static each => char.IsAsciiLetterOrDigit(each) || each is '-' or '_' or '.'));
    }

    /// <summary>Writes the files below an existing, empty folder, which nobody else writes to.</summary>
    internal void WriteTo(string folder)
    {
        foreach ((string name, byte[] content) in Files)
        {
            string path = Path.Combine(folder, name);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);
            using FileStream file = new(path, FileMode.CreateNew);
            file.Write(content);
        }
    }
}

/// <summary>What was handed in is no submission.</summary>
public sealed class SubmissionException(string sentence) : Exception(sentence);
