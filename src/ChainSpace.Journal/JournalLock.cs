namespace ChainSpace.Journal;

// An open file nobody else may open: the system lets go of it when the process ends, however it ends.
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream file;

    private JournalLock(FileStream file) => this.file = file;

    public static JournalLock Take(string directory)
    {
        Directory.CreateDirectory(directory);
        string path = Path.Combine(directory, "journal.lock");
        try
        {
            return new JournalLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException exception) when (File.Exists(path))
        {
            throw new JournalInUseException(directory, exception);
        }
    }

    public void Dispose() => file.Dispose();
}
