using ChainSpace.Node.Commands.Terminal;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Commands;

/// <summary>A file with hidden tests.</summary>
/// <param name="Suite">What it says.</param>
/// <param name="Json">Its bytes.</param>
internal sealed record SuiteFile(TestSuite Suite, byte[] Json)
{
    public Bytes32 Hash => Suite.Hash;

    public static SuiteFile Read(FileInfo file)
    {
        if (!file.Exists) throw new Complaint($"There is no file {file.FullName}.");
        byte[] json = File.ReadAllBytes(file.FullName);
        try
        {
            return new SuiteFile(TestSuite.Read(json), json);
        }
        catch (SandboxException exception)
        {
            throw new Complaint(exception.Message);
        }
    }
}
