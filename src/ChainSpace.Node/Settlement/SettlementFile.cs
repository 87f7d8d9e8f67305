namespace ChainSpace.Node.Settlement;

/// <summary>The memory of one space's settlement, on the disk whenever it changes. One loop writes it.</summary>
internal sealed class SettlementFile(string folder)
{
    public SettlementMemory Now { get; private set; } = SettlementMemory.Load(folder);

    public void Remember(SettlementMemory next)
    {
        next.Save(folder);
        Now = next;
    }
}
