using ChainSpace.Node.Intake;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Spaces;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Spaces;

/// <summary>A space is founded whole or not at all.</summary>
public sealed class FoundingTests : IDisposable
{
    private readonly string data = Directory.CreateTempSubdirectory("founding-").FullName;

    [Theory]
    [InlineData("keys.json")]
    [InlineData("journal.db")]
    public void What_a_crash_left_of_a_founding_is_neither_opened_nor_in_the_way(string left)
    {
        string unborn = Path.Combine(data, "spaces", "town" + SpaceDirectory.UnbornEnding);
        Directory.CreateDirectory(unborn);
        File.WriteAllText(Path.Combine(unborn, left), "half");

        using SenderLimit senders = new(1);
        P256KeyCache cache = new();
        using SpaceDirectory spaces = new(data, new NodeParts(TimeProvider.System, new SequencerOptions(), cache, senders));
        spaces.OpenAll();
        Assert.Empty(spaces.All);

        Assert.Equal(1, spaces.Ensure(new SpaceDraft("town")).Journal.Size);
        Assert.False(Directory.Exists(unborn));
    }

    public void Dispose() => Directory.Delete(data, recursive: true);
}
