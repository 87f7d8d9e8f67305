using System.Formats.Tar;

namespace ChainSpace.Node.Sandbox.Suites;

/// <summary>Packs a submission: the same bytes on every machine and in every version, as work that is bound to must be.</summary>
internal static class SubmissionArchive
{
    // What fits the field of names; longer ones would need records that not every reader of archives knows.
    private const int LongestName = 100;

    /// <summary>An uncompressed <c>.tar</c> with nothing of the files but names and contents.</summary>
    /// <exception cref="SubmissionException">A name is too long.</exception>
    public static byte[] Write(Submission submission)
    {
        ArgumentNullException.ThrowIfNull(submission);
        using MemoryStream packed = new();
        using (TarWriter archive = new(packed, TarEntryFormat.Ustar, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in submission.Files)
            {
                if (name.Length > LongestName) throw new SubmissionException($"{name} has more than {LongestName} characters.");
                archive.WriteEntry(new UstarTarEntry(TarEntryType.RegularFile, name)
                {
                    DataStream = new MemoryStream(content),
                    ModificationTime = DateTimeOffset.UnixEpoch,
                    Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead,
                });
            }
        }

        return packed.ToArray();
    }
}
