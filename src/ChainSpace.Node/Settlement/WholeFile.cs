namespace ChainSpace.Node.Settlement;

/// <summary>Files that are whole or as they were, whatever happens while they are written.</summary>
internal static class WholeFile
{
    /// <summary>Written beside, on the disk, and then named.</summary>
    public static void Write(string path, Action<Stream> write)
    {
        string next = path + ".next";
        using (FileStream file = File.Create(next))
        {
            write(file);
            file.Flush(flushToDisk: true);
        }

        File.Move(next, path, overwrite: true);
    }
}
