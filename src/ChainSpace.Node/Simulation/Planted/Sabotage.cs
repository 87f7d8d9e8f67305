namespace ChainSpace.Node.Simulation.Planted;

/// <summary>
/// A bug planted around the engine to see that an invariant catches it. Production code knows nothing of these: the
/// harness lies for the disk, or reaches into the state as no caller can.
/// </summary>
public enum Sabotage
{
    None,

    /// <summary>The disk says that a batch is written before it is.</summary>
    AcknowledgeBeforeWriting,

    /// <summary>A start cuts off the journal's last entries, as a repair tool might.</summary>
    CutJournal,

    /// <summary>A start takes the snapshot for the journal's end and does not fold the entries behind it.</summary>
    DropTail,

    /// <summary>The operator forgets what sealed votes hide.</summary>
    ForgetOpenings,

    /// <summary>Somebody is paid one unit twice.</summary>
    PayTwice,

    /// <summary>Entries follow the machine's clock when it goes back.</summary>
    BackDate,

    /// <summary>The node forgets which nonces were used.</summary>
    ForgetNonces,

    /// <summary>A message is refused and written all the same.</summary>
    EnterRefused,

    /// <summary>The gate lets a wrong signature pass.</summary>
    TrustForgeries,

    /// <summary>A checkpoint is signed and given out before its entries are durable.</summary>
    SignBeforeAppend,

    /// <summary>A changed account is left out of the state hash.</summary>
    MissChange,

    /// <summary>The disk takes a batch from any writer.</summary>
    Unfenced,

    /// <summary>Nobody reports blocks any more.</summary>
    DropBlocks,

    /// <summary>The state takes who votes for admitted, though no message says so.</summary>
    OpenDoors,

    /// <summary>Whoever votes on an item of a batch with a panel is taken for one of the panel.</summary>
    CrashPanel,
}
