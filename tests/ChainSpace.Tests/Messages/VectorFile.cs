using System.Text;
using System.Text.Json;

namespace ChainSpace.Tests.Messages;

/// <summary>spec/vectors/messages.json, which every implementation of the messages is tested with.</summary>
internal static class VectorFile
{
    private static readonly JsonDocument File = JsonDocument.Parse(System.IO.File.ReadAllBytes(Path()));

    public static JsonElement.ArrayEnumerator Section(string name) => File.RootElement.GetProperty(name).EnumerateArray();

    /// <summary>The names in a section, one test case each.</summary>
    public static TheoryData<string> Names(string section) =>
        new(Section(section).Select(static vector => vector.Text("name")));

    public static JsonElement Find(string section, string name) =>
        Section(section).Single(vector => vector.Text("name") == name);

    public static string Text(this JsonElement vector, string member) => vector.GetProperty(member).GetString()!;

    public static byte[] Utf8(this JsonElement vector, string member) => Encoding.UTF8.GetBytes(vector.Text(member));

    public static byte[] Bytes(this JsonElement vector, string member) => Protocol.Hex.Decode(vector.Text(member))!;

    public static Protocol.Bytes32 Id(this JsonElement vector, string member) =>
        Protocol.Bytes32.Parse(vector.Text(member));

    private static string Path()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !Directory.Exists(System.IO.Path.Combine(folder.FullName, "spec"))) folder = folder.Parent;
        return System.IO.Path.Combine(folder!.FullName, "spec", "vectors", "messages.json");
    }
}
