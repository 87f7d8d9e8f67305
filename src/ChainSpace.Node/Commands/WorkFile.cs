using ChainSpace.Client.Writing;
using ChainSpace.Node.Commands.Terminal;
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
        string beside = file.FullName + ".salt";
        if (!File.Exists(beside)) File.WriteAllText(beside, JobAuthor.Salt().ToString());
        return Bytes32.TryParse(File.ReadAllText(beside).Trim(), out Bytes32 salt)
            ? new SaltedWork(salt, [.. File.ReadAllBytes(file.FullName)])
            : throw new Complaint($"{file.Name}.salt holds no salt.");
    }
}
