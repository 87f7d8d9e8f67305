using System.Formats.Tar;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using ChainSpace.Node.Sandbox;
using ChainSpace.Node.Sandbox.Suites;
using CsCheck;

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

    [Fact]
    public void A_program_that_was_packed_is_the_same_program_and_always_the_same_bytes()
    {
        Submission program = Submission.Of([new("lib/a.py", _program), new("main.py", _program)]);
        byte[] packed = SubmissionArchive.Write(program);
        Assert.Equal(program.Hash, Read(packed).Hash);
        Assert.Equal(packed, SubmissionArchive.Write(Read(packed)));

        // As it was packed when this was written: work that is bound to is packed again to show it.
        string hash = Convert.ToHexStringLower(SHA256.HashData(packed));
        Assert.Equal("9f947be81609b12ceec6cf6e6b7c649c0cf08b17bf7591cd64ab8b2c38914788", hash);
        Submission deep = Submission.Of([new(new string('a', 101), _program)]);
        Assert.Throws<SubmissionException>(() => SubmissionArchive.Write(deep));
    }

    [Fact]
    public void Whatever_is_handed_in_is_a_submission_or_refused()
    {
        (string, byte[])[] files = [("lib/a.py", _program), ("main.py", _program)];
        byte[] tar = Tar(files), zip = Zip(files);
        byte[] plain = SubmissionArchive.Write(Submission.Of([new("main.py", _program)]));
        Gen<byte[]> spoiled =
            from kind in Gen.Int[0, 2]
            let whole = kind == 0 ? tar : kind == 1 ? zip : plain
            from length in Gen.Int[0, whole.Length]
            from isCut in Gen.Bool
            from changes in Gen.Select(Gen.Int[0, Math.Min(whole.Length, 1_100) - 1], Gen.Byte).Array[0, 6]
            select Spoil(whole, isCut ? length : whole.Length, changes);
        spoiled.Sample(
            static bytes =>
            {
                try
                {
                    _ = Read(bytes).Hash;
                }
                catch (SubmissionException)
                {
                    // The one way to say no.
                }
            },
            iter: 20_000);
    }

    [Theory]
    [InlineData(156, "53")]
    [InlineData(124, "800000007fffffffffffffff")]
    [InlineData(136, "80ffffffffffffffffffffff")]
    public void A_sparse_file_and_numbers_beyond_all_measure_are_refused(int at, string value)
    {
        byte[] packed = SubmissionArchive.Write(Submission.Of([new("main.py", _program)]));
        Convert.FromHexString(value).CopyTo(packed, at);

        // The sum of the header, its own field counted as spaces (POSIX.1-1988 ustar).
        packed.AsSpan(148, 8).Fill((byte)' ');
        int sum = 0;
        foreach (byte each in packed.AsSpan(0, 512)) sum += each;
        Encoding.ASCII.GetBytes(Convert.ToString(sum, 8).PadLeft(6, '0') + "\0 ").CopyTo(packed, 148);
        Assert.Throws<SubmissionException>(() => Read(packed));
    }

    private static byte[] Spoil(byte[] whole, int length, (int At, byte Value)[] changes)
    {
        byte[] bytes = [.. whole];
        foreach ((int at, byte value) in changes) bytes[at] = value;
        return bytes[..length];
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
