using ChainSpace.Client.Keys;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;

namespace ChainSpace.Tests.Client;

public sealed class KeyFileTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("chainspace-keys-");

    private string File1 => Path.Combine(_folder.FullName, "key.json");

    [Theory]
    [InlineData(true, null)]
    [InlineData(false, null)]
    [InlineData(true, "correct horse")]
    [InlineData(false, "Schlüssel 🔑")]
    public void A_key_comes_back_as_it_was_kept(bool isP256, string? passphrase)
    {
        using Signer signer = isP256 ? P256Signer.Create() : WalletSigner.Create();
        KeyFile.Create(File1, signer, passphrase);
        using Signer read = Assert.IsType<KeyRead.Ready>(KeyFile.Load(File1, passphrase)).Signer;
        Assert.Equal((signer.Account, signer.GetType()), (read.Account, read.GetType()));
        Assert.Equal(signer.Export(), read.Export());
    }

    [Fact]
    public void Only_the_owner_can_read_the_file()
    {
        if (OperatingSystem.IsWindows()) return;
        using Signer signer = P256Signer.Create();
        KeyFile.Create(File1, signer, passphrase: null);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(File1));
    }

    [Fact]
    public void A_key_is_never_written_over()
    {
        using Signer first = P256Signer.Create(), second = P256Signer.Create();
        KeyFile.Create(File1, first, passphrase: null);
        Assert.Throws<IOException>(() => KeyFile.Create(File1, second, passphrase: null));
        using Signer kept = Assert.IsType<KeyRead.Ready>(KeyFile.Load(File1, passphrase: null)).Signer;
        Assert.Equal(first.Account, kept.Account);
    }

    [Fact]
    public void A_locked_file_opens_with_its_passphrase_only_and_shows_no_key()
    {
        using Signer signer = WalletSigner.Create();
        KeyFile.Create(File1, signer, "correct horse");
        Assert.DoesNotContain(Convert.ToHexStringLower(signer.Export()), File.ReadAllText(File1), StringComparison.Ordinal);
        Assert.IsType<KeyRead.NeedsPassphrase>(KeyFile.Load(File1, passphrase: null));
        Assert.IsType<KeyRead.WrongPassphrase>(KeyFile.Load(File1, "correct horse "));
    }

    [Fact]
    public void A_locked_key_cannot_be_passed_off_as_another_account()
    {
        using Signer signer = P256Signer.Create(), other = P256Signer.Create();
        KeyFile.Create(File1, signer, "correct horse");
        Replace(signer.Account.ToString(), other.Account.ToString());
        Assert.IsType<KeyRead.WrongPassphrase>(KeyFile.Load(File1, "correct horse"));
    }

    [Theory]
    [InlineData("600000", "1")]
    [InlineData("600000", "2147483647")]
    [InlineData("\"salt\": \"0x", "\"salt\": \"0x00")]
    [InlineData("\"nonce\": \"0x", "\"nonce\": \"")]
    [InlineData("\"ciphertext\": \"0x", "\"other\": \"0x")]
    public void A_locked_file_of_strange_sizes_is_damaged(string before, string after)
    {
        using Signer signer = P256Signer.Create();
        KeyFile.Create(File1, signer, "correct horse");
        Replace(before, after);
        Assert.IsType<KeyRead.Damaged>(KeyFile.Load(File1, "correct horse"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("{}")]
    [InlineData("[1]")]
    [InlineData("{\"kind\":\"p256\",\"account\":\"0x\",\"key\":\"0x\"}")]
    [InlineData("not json, and a secret: 0x0505")]
    public void What_is_no_key_file_is_damaged(string text)
    {
        File.WriteAllText(File1, text);
        Assert.IsType<KeyRead.Damaged>(KeyFile.Load(File1, passphrase: null));
    }

    [Fact]
    public void A_key_that_is_not_the_accounts_is_damaged()
    {
        using Signer signer = P256Signer.Create(), other = P256Signer.Create();
        KeyFile.Create(File1, signer, passphrase: null);
        Replace(Hex.Encode(signer.Export()), Hex.Encode(other.Export()));
        Assert.IsType<KeyRead.Damaged>(KeyFile.Load(File1, passphrase: null));
        Replace(Hex.Encode(other.Export()), Hex.Encode(new byte[32]));
        Assert.IsType<KeyRead.Damaged>(KeyFile.Load(File1, passphrase: null));
    }

    [Fact]
    public void Nothing_that_prints_shows_the_key()
    {
        using Signer signer = P256Signer.Create();
        string secret = Convert.ToHexStringLower(signer.Export());
        KeyFile.Create(File1, signer, passphrase: null);
        KeyRead read = KeyFile.Load(File1, passphrase: null);
        Assert.DoesNotContain(secret, read.ToString(), StringComparison.Ordinal);
        ((KeyRead.Ready)read).Signer.Dispose();
    }

    public void Dispose() => _folder.Delete(recursive: true);

    private void Replace(string before, string after)
    {
        string text = File.ReadAllText(File1);
        Assert.Contains(before, text, StringComparison.Ordinal);
        File.WriteAllText(File1, text.Replace(before, after, StringComparison.Ordinal));
    }
}
