using System.Text;
using System.Text.Json;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Merkle;
using CsCheck;

namespace ChainSpace.Tests.Merkle;

public sealed class CheckpointTests
{
    private static readonly JsonElement Vector = Vectors.Read("checkpoint.json");

    [Fact]
    public void Notes_are_accepted_exactly_where_the_vector_says()
    {
        NoteVerifier verifier = Verifier();
        foreach (JsonElement test in Vector.GetProperty("cases").EnumerateArray())
        {
            byte[] note = Encoding.UTF8.GetBytes(test.Text("note"));
            bool isRead = Checkpoint.TryRead(note, Vector.Text("origin"), verifier, out Checkpoint? checkpoint);
            Assert.True(isRead == test.GetProperty("valid").GetBoolean(), test.Text("name"));
            if (checkpoint is null) continue;

            Assert.Equal(test.GetProperty("size").GetInt64(), checkpoint.Size);
            Assert.Equal(test.Text("root"), checkpoint.Root.ToString());
            Assert.Equal(test.Texts("extensions"), checkpoint.Extensions);
            Assert.Equal(test.GetProperty("stateHash").GetString(), checkpoint.StateHash?.ToString());
        }
    }

    [Fact]
    public void A_signer_writes_the_notes_of_the_vector()
    {
        using NoteSigner signer = new(Vector.Text("origin"), Hex.Decode(Vector.Text("seed"))!);
        Assert.Equal(Vector.Text("verifierKey"), signer.Verifier.ToString());
        foreach (JsonElement test in Vector.GetProperty("cases").EnumerateArray().Take(3))
        {
            Checkpoint checkpoint = new(
                signer.Verifier.Name,
                test.GetProperty("size").GetInt64(),
                Bytes32.Parse(test.Text("root")),
                [.. test.Texts("extensions")]);
            Assert.Equal(test.Text("note"), Encoding.UTF8.GetString(signer.Sign(checkpoint.Text).Write()));
        }
    }

    [Fact]
    public void A_witness_adds_its_line_to_a_signed_note()
    {
        using NoteSigner witness = new("witness.example/w1", Hex.Decode(Vector.Text("witnessSeed"))!);
        Assert.Equal(Vector.Text("witnessKey"), witness.Verifier.ToString());
        JsonElement[] cases = [.. Vector.GetProperty("cases").EnumerateArray()];
        Assert.True(SignedNote.TryRead(Encoding.UTF8.GetBytes(cases[2].Text("note")), out SignedNote? note));
        SignedNote both = note.With(witness.SignLine(note.Text));
        Assert.Equal(cases[3].Text("note"), Encoding.UTF8.GetString(both.Write()));
        Assert.True(witness.Verifier.Verifies(both) && Verifier().Verifies(both));
    }

    [Fact]
    public void Malformed_verifier_keys_are_refused()
    {
        foreach (string text in Vector.Texts("badVerifierKeys")) Assert.False(NoteVerifier.TryParse(text, out _), text);
        Assert.False(NoteVerifier.TryParse(null, out _));
    }

    [Fact]
    public void The_note_and_key_that_other_implementations_publish_verify()
    {
        const string Text =
            "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n";
        const string Line = "\u2014 PeterNeumann "
            + "x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n";
        Assert.True(NoteVerifier.TryParse(
            "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW", out NoteVerifier? verifier));
        Assert.True(SignedNote.TryRead(Encoding.UTF8.GetBytes(Text + "\n" + Line), out SignedNote? note));
        Assert.True(verifier.Verifies(note));
    }

    [Fact]
    public void A_note_with_any_byte_changed_is_not_accepted()
    {
        NoteVerifier verifier = Verifier();
        byte[] good = Encoding.UTF8.GetBytes(Vector.GetProperty("cases")[2].Text("note"));
        Gen.Select(Gen.Int[0, good.Length - 1], Gen.Byte[1, 255]).Sample((place, change) =>
        {
            byte[] note = [.. good];
            note[place] ^= change;
            return !Checkpoint.TryRead(note, Vector.Text("origin"), verifier, out _);
        });
    }

    [Fact]
    public void Whatever_is_read_as_a_note_writes_itself_back()
    {
        byte[] good = Encoding.UTF8.GetBytes(Vector.GetProperty("cases")[3].Text("note"));
        Gen.Select(Gen.Int[0, good.Length], Gen.Int[0, good.Length], Gen.Byte.Array[0, 8]).Sample((start, end, between) =>
        {
            byte[] bytes = [.. good[..start], .. between, .. good[end..]];
            return !SignedNote.TryRead(bytes, out SignedNote? note) || note.Write().AsSpan().SequenceEqual(bytes);
        });
    }

    private static NoteVerifier Verifier()
    {
        Assert.True(NoteVerifier.TryParse(Vector.Text("verifierKey"), out NoteVerifier? verifier));
        return verifier;
    }
}
