using System.Buffers.Binary;
using System.Runtime.Intrinsics;
using ChainSpace.Protocol;

namespace ChainSpace.Rules.Selection;

/// <summary>
/// The numbers of one draw, eight accounts at a time. Each is the first 53 bits of SHA-256 (FIPS 180-4) of domain, beacon,
/// task and account: 119 bytes, so two blocks, the first of which is the same for all accounts and is hashed once. The
/// lanes of a vector take one account each; a vector means the same on every processor.
/// </summary>
internal sealed class Lots
{
    /// <summary>Accounts that are hashed together.</summary>
    public const int Lanes = 8;

    /// <summary>Bits of a number: as many as a double holds exactly.</summary>
    public const int Bits = 53;

    private const int BlockSize = 64, Rounds = 64, Words = 16, StateWords = 8;

    private static readonly uint[] Constants =
    [
        0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
        0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
        0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
        0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
        0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
        0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
        0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
        0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2,
    ];

    private static readonly uint[] Start =
        [0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19];

    private readonly Vector256<uint>[] middle = new Vector256<uint>[StateWords];
    private readonly byte[] blocks = new byte[Lanes * BlockSize];
    private readonly int place;

    public Lots(ReadOnlySpan<byte> domain, Bytes32 beacon, TaskId task)
    {
        Span<byte> input = stackalloc byte[2 * BlockSize];
        input.Clear();
        int fixedSize = domain.Length + 2 * Bytes32.Size, size = fixedSize + Bytes32.Size;
        place = fixedSize - BlockSize;
        // One bit and the length must still fit behind the account.
        ArgumentOutOfRangeException.ThrowIfNegative(place, nameof(domain));
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, 2 * BlockSize - 1 - sizeof(ulong), nameof(domain));
        domain.CopyTo(input);
        beacon.CopyTo(input[domain.Length..]);
        task.Value.CopyTo(input[(domain.Length + Bytes32.Size)..]);
        input[size] = 0x80;
        BinaryPrimitives.WriteUInt64BigEndian(input[^sizeof(ulong)..], (ulong)size * 8);

        for (int word = 0; word < StateWords; word++) middle[word] = Vector256.Create(Start[word]);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        for (int word = 0; word < Words; word++)
            schedule[word] = Vector256.Create(BinaryPrimitives.ReadUInt32BigEndian(input[(4 * word)..]));
        Compress(middle, schedule);
        for (int lane = 0; lane < Lanes; lane++) input[BlockSize..].CopyTo(blocks.AsSpan(lane * BlockSize));
    }

    /// <summary>The number of each account, 0 to 2⁵³ − 1; at most <see cref="Lanes"/> of them.</summary>
    public void Throw(ReadOnlySpan<AccountId> accounts, Span<ulong> numbers)
    {
        Span<byte> bytes = blocks;
        for (int lane = 0; lane < accounts.Length; lane++) accounts[lane].Value.CopyTo(bytes[(lane * BlockSize + place)..]);
        Span<Vector256<uint>> schedule = stackalloc Vector256<uint>[Rounds];
        Span<uint> lanes = stackalloc uint[Lanes];
        for (int word = 0; word < Words; word++)
        {
            for (int lane = 0; lane < Lanes; lane++)
                lanes[lane] = BinaryPrimitives.ReadUInt32BigEndian(bytes[(lane * BlockSize + 4 * word)..]);
            schedule[word] = Vector256.Create<uint>(lanes);
        }

        Span<Vector256<uint>> state = stackalloc Vector256<uint>[StateWords];
        middle.CopyTo(state);
        Compress(state, schedule);
        for (int lane = 0; lane < accounts.Length; lane++)
            numbers[lane] = ((ulong)state[0][lane] << 32 | state[1][lane]) >> (64 - Bits);
    }

    private static void Compress(Span<Vector256<uint>> state, Span<Vector256<uint>> w)
    {
        for (int t = Words; t < Rounds; t++)
        {
            Vector256<uint> early = w[t - 15], late = w[t - 2];
            Vector256<uint> first = Turn(early, 7) ^ Turn(early, 18) ^ Vector256.ShiftRightLogical(early, 3);
            Vector256<uint> second = Turn(late, 17) ^ Turn(late, 19) ^ Vector256.ShiftRightLogical(late, 10);
            w[t] = w[t - 16] + first + w[t - 7] + second;
        }

        (Vector256<uint> a, Vector256<uint> b, Vector256<uint> c, Vector256<uint> d) = (state[0], state[1], state[2], state[3]);
        (Vector256<uint> e, Vector256<uint> f, Vector256<uint> g, Vector256<uint> h) = (state[4], state[5], state[6], state[7]);
        for (int t = 0; t < Rounds; t++)
        {
            Vector256<uint> choice = g ^ (e & (f ^ g)), majority = (a & b) | (c & (a | b));
            Vector256<uint> one = h + (Turn(e, 6) ^ Turn(e, 11) ^ Turn(e, 25)) + choice + Vector256.Create(Constants[t]) + w[t];
            Vector256<uint> two = (Turn(a, 2) ^ Turn(a, 13) ^ Turn(a, 22)) + majority;
            (h, g, f, e, d, c, b, a) = (g, f, e, d + one, c, b, a, one + two);
        }

        state[0] += a;
        state[1] += b;
        state[2] += c;
        state[3] += d;
        state[4] += e;
        state[5] += f;
        state[6] += g;
        state[7] += h;
    }

    private static Vector256<uint> Turn(Vector256<uint> word, int bits) =>
        Vector256.ShiftRightLogical(word, bits) | Vector256.ShiftLeft(word, 32 - bits);
}
