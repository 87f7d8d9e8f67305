using ChainSpace.Journal;
using ChainSpace.Journal.Media;
using ChainSpace.Node.Sequencing;
using ChainSpace.Node.Simulation.Planted;
using ChainSpace.Node.Simulation.World;
using ChainSpace.Rules.State;

namespace ChainSpace.Node.Simulation;

/// <summary>What befalls the machine.</summary>
internal sealed class Faults(Scene scene, Acts acts)
{
    private Chance Chance => scene.Chance;

    private Machine Machine => scene.Machine;

    public void CrashBeforeWriting() => Crash(FaultyMedium.Fault.NotPersisted, "crash before a batch is written");

    public void CrashBeforeAnswering() => Crash(FaultyMedium.Fault.PersistedButUnanswered, "crash before a written batch is answered");

    /// <summary>The disk is full; the first starts fail as well, until somebody makes room.</summary>
    public void DiskFull()
    {
        Crash(FaultyMedium.Fault.DiskFull, "disk full");
        for (int tries = Chance.Below(3); tries > 0; tries--)
        {
            Refuse(FaultyMedium.Fault.DiskFull);
            scene.Restart("disk full", Chance.OneIn(2), []);
        }
    }

    /// <summary>The same for a checkpoint: it is there afterwards or not, and the journal is none the worse.</summary>
    public void CrashAtCheckpoint()
    {
        FaultyMedium.Fault fault = Chance.Pick([FaultyMedium.Fault.NotPersisted, FaultyMedium.Fault.PersistedButUnanswered]);
        scene.Counts.Faults["crash at a checkpoint"]++;
        Machine.FailNext(JournalWrite.Checkpoint, fault);
        try
        {
            scene.Checkpoint();
        }
        catch (JournalStoppedException)
        {
            // As scripted. A checkpoint that was kept and never given out is checked with all that lie on the disk.
        }

        scene.Restart("crash", !Chance.OneIn(4), []);
    }

    /// <summary>Stopped and started by its operator: the state before and after must be one.</summary>
    public void Restart()
    {
        SpaceState before = Machine.State;
        scene.Beat();
        scene.Restart("restart", !Chance.OneIn(6), []);
        Audit.CompareStates(before, Machine.State);
    }

    public void Snapshot()
    {
        scene.Counts.Faults["snapshot written"]++;
        Machine.WriteSnapshot();
    }

    /// <summary>A snapshot with a flipped bit, or cut short. The next start must notice.</summary>
    public void TornSnapshot()
    {
        if (Machine.Snapshot is not { } snapshot) return;
        scene.Counts.Faults["snapshot damaged"]++;
        byte[] torn = Chance.OneIn(2) ? snapshot[..Chance.Below(snapshot.Length)] : [.. snapshot];
        if (torn.Length == snapshot.Length) torn[Chance.Below(torn.Length)] ^= (byte)(1 << Chance.Below(8));
        Machine.Snapshot = torn;
        Restart();
        Machine.Snapshot = null;
    }

    public void ClockForward()
    {
        scene.Counts.Faults["clock forward"]++;
        long most = Chance.OneIn(12) ? 3 * 24 * 60 : 40;
        scene.Clock.Move(Chance.Between(1, most) * 60_000);
    }

    public void ClockBack()
    {
        scene.Counts.Faults["clock back"]++;
        scene.Clock.Move(-Chance.Between(1, Chance.OneIn(4) ? 10_000 : 200) * 1_000);
        scene.Send(acts.Batch());
    }

    /// <summary>A second process takes over; the first does not know yet and tries to write, then to sign.</summary>
    public void StaleWriter()
    {
        scene.Counts.Faults["stale writer"]++;
        SpaceEngine stale = Machine.Engine;
        List<Letter> letters = acts.Batch();
        List<Authentic> admitted = [.. letters.Select(scene.Admit).OfType<Authentic>()];
        scene.Restart("taken over", isWithSnapshot: true, []);
        if (Chance.OneIn(2)) scene.Send(acts.Batch());
        Fenced(() => stale.Run(admitted, scene.Clock.Now).Entries.Count > 0, "entered messages");
        Fenced(() => stale.Checkpoint() is not null, "kept a checkpoint");
        scene.Send(letters);
    }

    private static void Fenced(Func<bool> writes, string what)
    {
        try
        {
            BrokenInvariantException.Unless(!writes(), Invariant.StaleWriterIsFenced, $"A writer that was superseded {what}.");
        }
        catch (Exception exception) when (exception is JournalFencedException or JournalStoppedException)
        {
            // Fenced, as it should be; a store that was fenced once stays stopped.
        }
    }

    // The senders of an unanswered batch do what clients do: they send the same messages again.
    private void Crash(FaultyMedium.Fault fault, string name)
    {
        scene.Counts.Faults[name]++;
        List<Letter> letters = acts.Batch();
        if (Machine.Sabotage == Sabotage.SignBeforeAppend && scene.Admit(letters[0]) is { } first)
            scene.Give(Machine.CheckpointAhead(first));
        Machine.FailNext(JournalWrite.Commit, fault);
        try
        {
            scene.Send(letters);
        }
        catch (JournalStoppedException)
        {
            // As scripted: nobody was answered.
        }

        scene.Restart("crash", !Chance.OneIn(6), letters);
        if (!Chance.OneIn(4)) scene.Send(letters);
    }

    private void Refuse(FaultyMedium.Fault fault)
    {
        try
        {
            Machine.Open(isWithSnapshot: true, scene.Ledger.Count, fault);
        }
        catch (IOException)
        {
            // As scripted: the journal cannot be opened.
            return;
        }

        throw new BrokenInvariantException(Invariant.NoSurprise, "The journal opened on a disk that takes no writes.");
    }
}
