using System.Collections.Immutable;
using System.Text.Json;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Protocol;

namespace ChainSpace.Node.Draws;

/// <summary>Seats that somebody shows: by account, true where seated and false where lapsed.</summary>
internal static class SeatsFile
{
    /// <exception cref="JsonException">The file holds no seats.</exception>
    public static IReadOnlyDictionary<AccountId, bool> Read(FileInfo file) =>
        Of(JsonSerializer.Deserialize(File.ReadAllBytes(file.FullName), ClientJson.Default.PageSeatView)?.Data ?? []);

    public static IReadOnlyDictionary<AccountId, bool> Of(IReadOnlyList<SeatView> seats)
    {
        ImmutableSortedDictionary<AccountId, bool> found = ImmutableSortedDictionary<AccountId, bool>.Empty;
        foreach (SeatView seat in seats)
        {
            if (!Bytes32.TryParse(seat.Account, out Bytes32 id)) throw new JsonException($"'{seat.Account}' is no account.");
            found = found.SetItem(new AccountId(id), seat.State == "seated");
        }

        return found;
    }
}
