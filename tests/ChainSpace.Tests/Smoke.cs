namespace ChainSpace.Tests;

public sealed class Smoke
{
    [Fact]
    public void The_house_builds() => Assert.NotNull(typeof(Smoke).Assembly);
}
