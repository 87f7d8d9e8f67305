using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary>A file that is handed in, its salt beside it, so that a contest's work can be shown as it was bound to.</summary>
internal static class WorkFile
{
    private const int Limit = 40_000;

    public static SaltedWork Read(FileInfo file)
    {
        if (!file.Exists) throw new Complaint($"There is no file {file.Name}.");
        if (file.Length is 0 or > Limit) throw new Complaint("Work must have 1 to 40000 bytes; hand in a link to more.");
        return Salted(file, File.ReadAllBytes(file.FullName));
    }

    /// <summary>
    /// A program, packed so that its files keep the names by which its language is known: a source file by its ending, a
    /// folder with all in it, or what an archive has.
    /// </summary>
    public static SaltedWork ReadProgram(FileInfo path)
    {
        try
        {
            byte[] packed = SubmissionArchive.Write(SubmissionReader.FromDisk(path.FullName, Language.BuiltIn));
            return packed.Length <= Limit
                ? Salted(path, packed)
                : throw new Complaint($"The program has {packed.Length} bytes when packed; at most {Limit} can be handed in.");
        }
        catch (SubmissionException exception)
        {
            throw new Complaint(exception.Message);
        }
    }

    private static SaltedWork Salted(FileInfo file, byte[] bytes)
    {
        string beside = Path.TrimEndingDirectorySeparator(file.FullName) + ".salt";
        if (!File.Exists(beside)) File.WriteAllText(beside, JobAuthor.Salt().ToString());
        return Bytes32.TryParse(File.ReadAllText(beside).Trim(), out Bytes32 salt)
            ? new SaltedWork(salt, [.. bytes])
            : throw new Complaint($"{file.Name}.salt holds no salt.");
    }
}
