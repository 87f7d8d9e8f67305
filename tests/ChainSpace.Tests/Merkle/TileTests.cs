using ChainSpace.Protocol.Merkle;
using CsCheck;

namespace ChainSpace.Tests.Merkle;

public sealed class TileTests
{
    private static readonly Gen<long> Index = Gen.OneOf(Gen.Long[0, 2000], Gen.Long[0, long.MaxValue / 1000]);

    [Fact]
    public void A_tile_is_read_back_from_its_path() =>
        Gen.Select(Gen.Int[0, 63], Index, Gen.Int[1, Tile.FullWidth]).Sample((level, index, width) =>
        {
            Tile tile = new(level, index, width);
            return Tile.TryParse(tile.Path, out Tile read) && read == tile;
        });

    [Fact]
    public void Any_text_is_refused_or_has_one_spelling() =>
        Gen.String[Gen.Char["tile/0123x.p-"], 0, 16].Sample(text =>
        {
            string path = "tile/" + text;
            return !Tile.TryParse(path, out Tile tile) || tile.Path == path;
        });

    [Fact]
    public void An_entry_longer_than_a_bundle_can_say_is_not_written() =>
        Assert.Throws<OverflowException>(() => EntryBundle.Write([new byte[EntryBundle.EntryLimit + 1]]));
}
