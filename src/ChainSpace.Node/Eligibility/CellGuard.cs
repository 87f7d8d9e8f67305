using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace ChainSpace.Node.Eligibility;

/// <summary>
/// What a requester may learn of how many accounts meet a filter: nothing of cells below <see cref="Smallest"/> people, nor
/// of filters that leave out fewer than that; else the number with noise, rounded to <see cref="Step"/>. The noise is a
/// keyed hash of the question and of the people that meet it: asking again gives the same number, and another question its
/// own noise even where the same people meet it. Were it a hash of the people alone, two numbers would differ exactly where
/// two sets do, and a difference of one person would show. Who asks the same in many words averages the noise out, one
/// person for hundreds of questions; that is what the limit of questions is for.
/// </summary>
/// <param name="secret">Key of the noise; whoever has it can take the noise off.</param>
public sealed class CellGuard(byte[] secret)
{
    /// <summary>Fewest people of a cell that is counted (k).</summary>
    public const int Smallest = 25;

    /// <summary>Numbers are multiples of this.</summary>
    public const int Step = 10;

    /// <summary>Greatest noise either way, all whole numbers between being equally likely.</summary>
    public const int Noise = 15;

    /// <summary>The number to show; null where there are too few.</summary>
    /// <param name="count">People that meet the filter.</param>
    /// <param name="all">People altogether.</param>
    /// <param name="question">The filter, in words.</param>
    /// <param name="people">Stands for the set of them.</param>
    public int? Show(int count, int all, string question, ReadOnlySpan<byte> people)
    {
        int noisy = count + NoiseOf(question, people);
        if (count < Smallest || noisy < Smallest || IsNearlyAll(count, all)) return null;
        return (noisy + Step / 2) / Step * Step;
    }

    // Everybody is a number that the space shows anyway; all but a few tell of the few.
    private static bool IsNearlyAll(int count, int all) => count < all && all - count < Smallest;

    private int NoiseOf(string question, ReadOnlySpan<byte> people)
    {
        using IncrementalHash mac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        mac.AppendData(SHA256.HashData(Encoding.UTF8.GetBytes(question)));
        mac.AppendData(people);
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        mac.GetHashAndReset(hash);
        return (int)(BinaryPrimitives.ReadUInt64BigEndian(hash) % (2 * Noise + 1)) - Noise;
    }
}
