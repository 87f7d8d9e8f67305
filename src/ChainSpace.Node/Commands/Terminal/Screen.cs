using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Spectre.Console;

namespace ChainSpace.Node.Commands.Terminal;

/// <summary>What verbs print, for people and for programs.</summary>
internal static class Screen
{
    private const int LabelWidth = 12;

    // Wide enough that nothing is broken in two on its way into a file or another program.
    private const int WidthOfPipes = 1_000;

    static Screen()
    {
        if (Console.IsOutputRedirected) AnsiConsole.Profile.Width = WidthOfPipes;
    }

    /// <summary>A line of text; what is interpolated is taken literally.</summary>
    public static void Line(FormattableString markup)
    {
        object?[] arguments = [.. markup.GetArguments().Select(static each => each is string text ? Printable(text) : each)];
        FormattableString printable = FormattableStringFactory.Create(markup.Format, arguments);
        AnsiConsole.MarkupLineInterpolated(CultureInfo.InvariantCulture, printable);
    }

    /// <summary>A name and what it stands for, aligned with the others.</summary>
    public static void Fact(string name, string value) =>
        Line($"  [grey]{name.PadRight(Math.Max(LabelWidth, name.Length + 2))}[/]{value}");

    public static void Show(Table table) => AnsiConsole.Write(table);

    /// <summary>A line beside the result, which a program reading the result does not see.</summary>
    public static void Aside(string sentence) => Console.Error.WriteLine(Printable(sentence));

    public static void Json<T>(T value, JsonTypeInfo<T> type) =>
        Console.Out.WriteLine(Encoding.UTF8.GetString(Bytes(value, type)));

    /// <summary>Indented, and without escapes that only web pages need.</summary>
    public static byte[] Bytes<T>(T value, JsonTypeInfo<T> type)
    {
        using MemoryStream stream = new();
        JsonWriterOptions options = new() { Indented = true, Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
        using (Utf8JsonWriter writer = new(stream, options)) JsonSerializer.Serialize(writer, value, type);
        return stream.ToArray();
    }

    /// <summary>Strangers write titles; none of them may move the cursor or colour this terminal.</summary>
    public static string Printable(string text) =>
        string.Create(text.Length, text, static (target, source) =>
        {
            for (int i = 0; i < source.Length; i++)
                target[i] = char.IsControl(source[i]) && source[i] != '\n' || IsBidirectional(source[i]) ? '·' : source[i];
        });

    // Marks that turn the direction of what follows.
    private static bool IsBidirectional(char letter) => letter is (>= '\u202A' and <= '\u202E') or (>= '\u2066' and <= '\u2069');
}
