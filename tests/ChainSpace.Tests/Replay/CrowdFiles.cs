using ChainSpace.Node.Replay;

namespace ChainSpace.Tests.Replay;

/// <summary>Two files in a folder of their own, gone afterwards.</summary>
internal sealed class CrowdFiles : IDisposable
{
    private readonly DirectoryInfo root = Directory.CreateTempSubdirectory("crowd-");

    public CrowdFiles(string votes, string truth, string folder = "Small Crowd_1")
    {
        string place = root.CreateSubdirectory(folder).FullName;
        (Votes, Truth) = (Path.Combine(place, "votes.csv"), Path.Combine(place, "truth.csv"));
        File.WriteAllText(Votes, votes);
        File.WriteAllText(Truth, truth);
    }

    public string Votes { get; }

    public string Truth { get; }

    public CrowdData Read() => CrowdData.Read(Votes, Truth);

    public void Dispose() => root.Delete(recursive: true);
}
