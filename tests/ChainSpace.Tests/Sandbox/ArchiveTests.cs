using System.Formats.Tar;
using System.IO.Compression;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;

namespace ChainSpace.Tests.Sandbox;

public sealed class ArchiveTests
{
    private static readonly byte[] _program = "print(1)\n"u8.ToArray();

    [Fact]
    public void Folder_zip_and_tar_of_the_same_files_are_the_same_submission()
    {
        DirectoryInfo folder = Directory.CreateTempSubdirectory("submission-");
        File.WriteAllBytes(Path.Combine(folder.FullName, "main.py"), _program);
        File.WriteAllBytes(Path.Combine(folder.CreateSubdirectory("lib").FullName, "a.py"), _program);
        (string, byte[])[] files = [("lib/a.py", _program), ("main.py", _program)];

        Submission[] all = [SubmissionReader.FromDisk(folder.FullName, []), Read(Zip(files)), Read(Tar(files))];

        Assert.Single(all.Select(static each => each.Hash).Distinct());
        Assert.Equal(["lib/a.py", "main.py"], all[1].Files.Keys);
        folder.Delete(recursive: true);
    }

    [Theory]
    [InlineData("../main.py")]
    [InlineData("/etc/passwd")]
    [InlineData("a/../../b")]
    [InlineData("a//b")]
    [InlineData(".hidden")]
    [InlineData("a b")]
    [InlineData("a\\..\\b")]
    public void A_name_that_leads_elsewhere_is_refused(string name)
    {
        Assert.Throws<SubmissionException>(() => Read(Zip((name, _program))));
        Assert.Throws<SubmissionException>(() => Read(Tar((name, _program))));
    }

    [Theory]
    [InlineData(TarEntryType.SymbolicLink)]
    [InlineData(TarEntryType.HardLink)]
    [InlineData(TarEntryType.CharacterDevice)]
    [InlineData(TarEntryType.Fifo)]
    public void What_is_no_plain_file_of_a_tar_is_refused(TarEntryType type)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            PaxTarEntry entry = new(type, "main.py");
            if (type is TarEntryType.SymbolicLink or TarEntryType.HardLink) entry.LinkName = "/etc/shadow";
            writer.WriteEntry(entry);
        }

        SubmissionException exception = Assert.Throws<SubmissionException>(() => Read(stream.ToArray()));
        Assert.Contains("no plain file", exception.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Links_of_a_zip_and_of_a_folder_are_refused()
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            ZipArchiveEntry entry = archive.CreateEntry("main.py");
            entry.ExternalAttributes = unchecked((int)0xA1FF0000);
            using Stream content = entry.Open();
            content.Write("/etc/shadow"u8);
        }

        DirectoryInfo folder = Directory.CreateTempSubdirectory("submission-");
        File.CreateSymbolicLink(Path.Combine(folder.FullName, "main.py"), "/etc/passwd");

        Assert.Throws<SubmissionException>(() => Read(stream.ToArray()));
        Assert.Throws<SubmissionException>(() => SubmissionReader.FromDisk(folder.FullName, Language.BuiltIn));
        folder.Delete(recursive: true);
    }

    [Fact]
    public void Much_in_little_is_not_unpacked_and_damage_is_a_refusal()
    {
        byte[] bomb = Zip(("main.py", new byte[50_000_000]));
        Assert.True(bomb.Length < 100_000);
        Assert.Throws<SubmissionException>(() => Read(bomb));
        Assert.Throws<SubmissionException>(() => Read(Zip(("main.py", _program))[..40]));
        Assert.Throws<SubmissionException>(() => Read(Zip(("a", _program), ("a/b", _program))));
        Assert.Throws<SubmissionException>(
            () => Read(Zip([.. Enumerable.Range(0, 201).Select(static n => ($"f{n}", _program))])));
    }

    private static Submission Read(byte[] bytes) => SubmissionReader.FromBytes(bytes, "main.py");

    private static byte[] Zip(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream stream = new();
        using (ZipArchive archive = new(stream, ZipArchiveMode.Create, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
            {
                using Stream entry = archive.CreateEntry(name).Open();
                entry.Write(content);
            }
        }

        return stream.ToArray();
    }

    private static byte[] Tar(params (string Name, byte[] Content)[] files)
    {
        using MemoryStream stream = new();
        using (TarWriter writer = new(stream, TarEntryFormat.Pax, leaveOpen: true))
        {
            foreach ((string name, byte[] content) in files)
                writer.WriteEntry(new PaxTarEntry(TarEntryType.RegularFile, name) { DataStream = new MemoryStream(content) });
        }

        return stream.ToArray();
    }
}
