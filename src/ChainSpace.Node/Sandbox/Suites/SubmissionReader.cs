using System.Formats.Tar;
using System.IO.Compression;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>
/// Makes a submission of a file, a folder, or the bytes of a source, a <c>.zip</c> or a <c>.tar</c>. Links and whatever else is
/// no plain file are refused, and nothing is unpacked to the disk before all of it has been looked at.
/// </summary>
public static class SubmissionReader
{
    // Type bits of a Unix mode in the upper half of a zip entry's attributes.
    private const int TypeBits = 0xF000, PlainFile = 0x8000;

    /// <summary>A file, or a folder with all in it.</summary>
    public static Submission FromDisk(string path, IReadOnlyList<Language> languages)
    {
        if (Directory.Exists(path)) return Submission.Of(Folder(path));
        if (!File.Exists(path)) throw new SubmissionException($"There is no file or folder {path}.");
        if (new FileInfo(path).Length > Submission.MostBytes) throw new SubmissionException("A submission has 4 MiB at most.");
        Language? language = languages.FirstOrDefault(each => Path.GetExtension(each.File) == Path.GetExtension(path));
        return FromBytes(File.ReadAllBytes(path), language?.File ?? Path.GetFileName(path));
    }

    /// <summary>An archive by what it begins with; anything else is the one file of a program.</summary>
    /// <param name="bytes">What was handed in.</param>
    /// <param name="single">Name of the file where it is no archive, such as <c>main.py</c>.</param>
    public static Submission FromBytes(byte[] bytes, string single)
    {
        ArgumentNullException.ThrowIfNull(bytes);
        try
        {
            if (bytes.AsSpan().StartsWith("PK\u0003\u0004"u8)) return Submission.Of(Zip(bytes));
            bool isTar = bytes.Length > 512 && bytes.AsSpan(257).StartsWith("ustar"u8);
            return Submission.Of(isTar ? Tar(bytes) : [new(single, bytes)]);
        }
        catch (Exception exception) when (exception is not SubmissionException)
        {
            // Readers of archives fail in many ways on what strangers write: numbers too large, sparse files, and so on.
            throw new SubmissionException($"The archive is damaged: {exception.Message}");
        }
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Folder(string path)
    {
        foreach (FileSystemInfo each in new DirectoryInfo(path).EnumerateFileSystemInfos("*", SearchOption.TopDirectoryOnly))
        {
            if (each.LinkTarget is not null) throw new SubmissionException($"{each.FullName} is a link.");
            if (each is FileInfo { Length: > Submission.MostBytes })
                throw new SubmissionException("A submission has 4 MiB at most.");
            if (each is FileInfo) yield return new(each.Name, File.ReadAllBytes(each.FullName));
            else
                foreach ((string name, byte[] content) in Folder(each.FullName)) yield return new($"{each.Name}/{name}", content);
        }
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Zip(byte[] bytes)
    {
        using ZipArchive archive = new(new MemoryStream(bytes), ZipArchiveMode.Read);
        foreach (ZipArchiveEntry entry in archive.Entries)
        {
            int type = (entry.ExternalAttributes >> 16) & TypeBits;
            if (entry.FullName.EndsWith('/')) continue;
            if (type is not (0 or PlainFile)) throw new SubmissionException($"{entry.FullName} is no plain file.");
            using Stream content = entry.Open();
            yield return new(entry.FullName, Bounded(content));
        }
    }

    private static IEnumerable<KeyValuePair<string, byte[]>> Tar(byte[] bytes)
    {
        using TarReader archive = new(new MemoryStream(bytes));
        while (archive.GetNextEntry() is { } entry)
        {
            if (entry.EntryType is TarEntryType.Directory or TarEntryType.GlobalExtendedAttributes) continue;
            if (entry.EntryType is not (TarEntryType.RegularFile or TarEntryType.V7RegularFile))
                throw new SubmissionException($"{entry.Name} is no plain file.");
            string name = entry.Name.StartsWith("./", StringComparison.Ordinal) ? entry.Name[2..] : entry.Name;
            yield return new(name, entry.DataStream is null ? [] : Bounded(entry.DataStream));
        }
    }

    // What unpacks to more than is allowed is not unpacked to its end.
    private static byte[] Bounded(Stream content)
    {
        byte[] read = new byte[Submission.MostBytes + 1];
        int length = content.ReadAtLeast(read, read.Length, throwOnEndOfStream: false);
        return length <= Submission.MostBytes
            ? read[..length]
            : throw new SubmissionException("A submission has 4 MiB at most.");
    }
}
