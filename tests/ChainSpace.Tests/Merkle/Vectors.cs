using System.Text.Json;

namespace ChainSpace.Tests.Merkle;

internal static class Vectors
{
    public static JsonElement Read(string name)
    {
        string? folder = AppContext.BaseDirectory;
        while (folder is not null && !File.Exists(Path.Combine(folder, "ChainSpace.slnx")))
            folder = Path.GetDirectoryName(folder);
        Assert.NotNull(folder);
        using JsonDocument document = JsonDocument.Parse(File.ReadAllBytes(Path.Combine(folder, "spec", "vectors", name)));
        return document.RootElement.Clone();
    }

    public static string Text(this JsonElement element, string property) => element.GetProperty(property).GetString()!;

    public static IEnumerable<string> Texts(this JsonElement element, string property) =>
        element.GetProperty(property).EnumerateArray().Select(item => item.GetString()!);
}
