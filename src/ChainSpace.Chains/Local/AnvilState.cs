using System.Text.Json;

namespace ChainSpace.Chains.Local;

/// <summary>
/// The file in which the chain survives a restart, and a copy of it. Anvil overwrites the file in place, so a crash may
/// leave half of it, and it does not start from half a file: then the copy, from which a chain has started before, takes
/// its place.
/// </summary>
internal sealed class AnvilState(string path)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(50);

    private readonly string copy = path + ".good";
    private readonly string candidate = path + ".candidate";
    private readonly string broken = path + ".broken";

    /// <summary>The file that a running chain keeps locked.</summary>
    public static string LockOf(string path) => path + ".lock";

    /// <summary>Waits until the chain of a killed process has written its last state, but no longer than the limit.</summary>
    public async Task WaitAsync(TimeSpan limit, TimeProvider time, CancellationToken cancellationToken)
    {
        long start = time.GetTimestamp();
        while (IsLocked && time.GetElapsedTime(start) < limit)
            await Task.Delay(Beat, time, cancellationToken).ConfigureAwait(false);
    }

    // Opening a file for oneself alone is the same lock of the system that the shell's flock takes.
    private bool IsLocked
    {
        get
        {
            if (!File.Exists(LockOf(path))) return false;
            try
            {
                using FileStream own = new(LockOf(path), FileMode.Open, FileAccess.ReadWrite, FileShare.None);
                return false;
            }
            catch (IOException)
            {
                return true;
            }
        }
    }

    /// <summary>Makes sure that the file is whole or absent before the chain starts.</summary>
    public void Prepare()
    {
        if (Path.GetDirectoryName(Path.GetFullPath(path)) is { } folder) Directory.CreateDirectory(folder);
        if (IsWhole(path)) File.Copy(path, candidate, overwrite: true);
        else GoBack();
    }

    /// <summary>The chain has started from the file; as it was then, it becomes the copy.</summary>
    public void Confirm()
    {
        if (File.Exists(candidate)) File.Move(candidate, copy, overwrite: true);
    }

    /// <summary>Puts a broken file aside and the copy in its place, or nothing; false if there was no file.</summary>
    public bool GoBack()
    {
        File.Delete(candidate);
        if (!File.Exists(path)) return false;
        File.Move(path, broken, overwrite: true);
        if (IsWhole(copy)) Replace(copy, path);
        return true;
    }

    /// <summary>Copies the file after the chain has ended in peace.</summary>
    public void Save()
    {
        if (IsWhole(path)) Replace(path, copy);
    }

    // A crash during the copying leaves a file of another name, which the next copy overwrites.
    private static void Replace(string from, string to)
    {
        string next = to + ".next";
        File.Copy(from, next, overwrite: true);
        File.Move(next, to, overwrite: true);
    }

    private static bool IsWhole(string file)
    {
        if (!File.Exists(file)) return false;
        try
        {
            using FileStream stream = File.OpenRead(file);
            using JsonDocument document = JsonDocument.Parse(stream);
            return document.RootElement.ValueKind == JsonValueKind.Object;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
