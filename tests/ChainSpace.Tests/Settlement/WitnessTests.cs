using System.Globalization;
using System.Text.Json;
using ChainSpace.Chains;
using ChainSpace.Client;
using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Audit;
using ChainSpace.Node.Settlement;
using ChainSpace.Node.Witnessing;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using ChainSpace.Tests.Commands;

namespace ChainSpace.Tests.Settlement;

/// <summary>A space on a real chain whose roots become good by two of three witnesses, and by nothing else.</summary>
public sealed class WitnessTests
{
    private const string Two = "2000000000000000000";

    [Fact]
    public async Task Two_of_three_witnesses_make_a_root_good_and_the_claim_is_paid()
    {
        await using WitnessedTown town = await WitnessedTown.FoundAsync();
        await town.Machine.DoneAsync("deposit", "25.00", "--key", "rita", "--space", "town", "--test-money");
        EndorsementView asked = await town.AwaitingAsync();
        Assert.Equal((2, 3, 0), (asked.Threshold, asked.Witnesses.Count, asked.Signatures.Count));

        await NobodySignsForAnotherAsync(town, asked);
        await OneIsNotEnoughAsync(town);
        await ShownAnotherRootItDoesNotSignAsync(town);
        await ADepositThatNeverCameInIsSeenAsync(town, asked);
        Assert.Equal("checkpointed", (await ReceiptAsync(town)).State);
        Assert.IsType<WitnessOutcome.Signed>(await town.Witness("wanda").LookAsync(default));
        await AReceiptShowsWhoVouchesForItAsync(town);
        await WitnessedTown.UntilAsync(async () => (await town.VaultAsync()).Good?.Size == asked.Size);
        await WitnessedTown.UntilAsync(async () => (await ReceiptAsync(town)).State == "final");
        await OneTransactionAnchoredItAndMadeItGoodAsync(town);

        long withdrawn = await EarnAndWithdrawAsync(town);
        await WitnessedTown.UntilAsync(async () =>
        {
            foreach (string name in (string[])["wim", "wanda"]) await town.Witness(name).LookAsync(default);
            return long.Parse((await town.VaultAsync()).Good!.Size, CultureInfo.InvariantCulture) > withdrawn;
        });
        await town.Machine.DoneAsync("claim", "--key", "anna", "--payer", "rita", "--space", "town");
        Assert.Equal(Two, await town.MoneyOfAsync("anna"));
    }

    [Fact]
    public async Task A_deposit_that_the_operator_invents_is_signed_by_nobody()
    {
        await using WitnessedTown town = await WitnessedTown.FoundAsync();
        using P256Signer own = ExitWorld.OperatorOf(Path.Combine(town.Machine.InHome("data"), "spaces", "town"));
        SpaceView space = (await town.Client.SpaceAsync("town", default))!;
        using SpaceSession session = new(town.Client, space, own, TimeProvider.System);
        long covered = (await ExitWorld.InventDepositAsync(session, town.AccountOf("rita"), new Amount(5))).Index.Value;
        using SpaceSession rita = await town.SessionAsync("rita");
        Assert.IsType<Sent.Accepted>(await rita.WithdrawAsync(new Amount(5), default));

        // An anchor from before the fraud is right, and makes room for the one that is not.
        await WitnessedTown.UntilAsync(async () =>
        {
            EndorsementView asked = await town.AwaitingAsync();
            if (long.Parse(asked.Size, CultureInfo.InvariantCulture) > covered) return true;
            foreach (string name in (string[])["wim", "wanda"]) await town.Witness(name).LookAsync(default);
            return false;
        });
        string rpc = (await town.VaultAsync()).Rpc!;
        foreach (string name in (string[])["wim", "wanda", "wendy"])
        {
            Said said = await town.Machine.RunAsync("witness", "--once", "--key", name, "--space", "town", "--rpc", rpc);
            Assert.Equal(1, said.Status);
            string sentence = $"The vault has got 0 for account {town.AccountOf("rita")}, the journal says 5.";
            Assert.Contains(sentence, said.Errors, StringComparison.Ordinal);
        }

        Assert.Empty((await town.AwaitingAsync()).Signatures);
    }

    private static async Task<ReceiptDocument> ReceiptAsync(WitnessedTown town) =>
        (await town.Client.ReceiptAsync("town", 1, default))!;

    private static async Task AReceiptShowsWhoVouchesForItAsync(WitnessedTown town)
    {
        ReceiptDocument receipt = await ReceiptAsync(town);
        Assert.Contains(receipt.State, (string[])["witnessed", "anchored", "final"]);
        (bool isGood, string sentence) = VouchCheck.Run(receipt);
        Assert.True(isGood, sentence);
        Assert.StartsWith("2 of 3 witnesses", sentence, StringComparison.Ordinal);

        VouchProof proof = receipt.Witnesses!;
        VouchProof[] wrong =
        [
            proof with { Signatures = [proof.Signatures[0]] },
            proof with { Signatures = [proof.Signatures[0], proof.Signatures[0]] },
            proof with { Set = [.. proof.Set.Skip(1)] },
            proof with { Set = [.. proof.Set.Skip(1), town.AddressOf("rita")] },
            proof with { Signatures = [.. proof.Signatures.Select(static each => each with { Signature = "0x12" })] },
        ];
        Assert.All(wrong, each => Assert.False(VouchCheck.Run(receipt with { Witnesses = each }).IsGood));
        string file = town.Machine.InHome("receipt.json");
        await File.WriteAllTextAsync(file, JsonSerializer.Serialize(receipt, ClientJson.Default.ReceiptDocument));
        Assert.Contains("witnesses  2 of 3", await town.Machine.DoneAsync("verify", file), StringComparison.Ordinal);
    }

    private static async Task OneTransactionAnchoredItAndMadeItGoodAsync(WitnessedTown town)
    {
        AnchorProof anchor = (await ReceiptAsync(town)).Anchor!;
        Assert.Null(anchor.Shared);
        Assert.True(await town.HasSaidAsync("Anchored(uint256 indexed,bytes32,bytes32)", anchor));
        Assert.True(await town.HasSaidAsync("Good(uint256 indexed,bytes32)", anchor));
    }

    private static async Task NobodySignsForAnotherAsync(WitnessedTown town, EndorsementView asked)
    {
        long size = long.Parse(asked.Size, CultureInfo.InvariantCulture);
        string wim = town.AddressOf("wim"), nothing = "0x" + new string('1', 130);
        (long Size, WitnessSignature Signature, int Status, string Code)[] wrong =
        [
            (size, new WitnessSignature(town.AddressOf("rita"), nothing), 403, "not_a_witness"),
            (size, new WitnessSignature(wim, nothing), 401, "forged"),
            (size, new WitnessSignature(wim, "0x12"), 401, "forged"),
            (size, new WitnessSignature(null!, null!), 403, "not_a_witness"),
            (size, new WitnessSignature(wim, null!), 401, "forged"),
            (size + 1, new WitnessSignature(wim, nothing), 404, "unknown_anchor"),
        ];
        foreach ((long at, WitnessSignature signature, int status, string code) in wrong)
        {
            Sent.Refused? no = await town.Client.EndorseAsync("town", at, signature, default);
            Assert.Equal((status, code), (no!.Status, no.Code));
        }

        Said said = await town.Machine.RunAsync("witness", "--once", "--key", "rita", "--space", "town");
        Assert.Equal(1, said.Status);
        Assert.Contains("is no witness of this space", said.Errors, StringComparison.Ordinal);
    }

    private static async Task OneIsNotEnoughAsync(WitnessedTown town)
    {
        string said = await town.Machine.DoneAsync("witness", "--once", "--key", "wim", "--space", "town");
        Assert.StartsWith("Signed: ", said, StringComparison.Ordinal);
        said = await town.Machine.DoneAsync("witness", "--once", "--key", "wim", "--space", "town");
        Assert.Contains("signed already", said, StringComparison.Ordinal);
        IReadOnlyList<WitnessSignature> signatures = (await town.AwaitingAsync()).Signatures;
        Assert.Equal([town.AddressOf("wim")], signatures.Select(static each => each.Witness));
        Assert.Null((await town.VaultAsync()).Good);
    }

    private static async Task ShownAnotherRootItDoesNotSignAsync(WitnessedTown town)
    {
        EndorsementView asked = await town.AwaitingAsync();
        foreach (string wrong in (string[])[asked.PayoutRoot, asked.Root])
        {
            string bent = wrong[..^1] + (wrong[^1] == '0' ? '1' : '0');
            WitnessOutcome outcome = await town.Witness("wendy", (wrong, bent)).LookAsync(default);
            Assert.Contains(bent, Assert.IsType<WitnessOutcome.Refused>(outcome).Sentence, StringComparison.Ordinal);
        }

        string elsewhere = "0x" + new string('e', 40);
        WitnessOutcome other = await town.Witness("wendy", (asked.Vault, elsewhere)).LookAsync(default);
        Assert.Contains(elsewhere, Assert.IsType<WitnessOutcome.Refused>(other).Sentence, StringComparison.Ordinal);
        Assert.Null(town.MemoryOf("wendy").Load());
        Assert.Single((await town.AwaitingAsync()).Signatures);
    }

    private static async Task ADepositThatNeverCameInIsSeenAsync(WitnessedTown town, EndorsementView asked)
    {
        Address vault = Address.Parse(asked.Vault);
        Amount paid = new(UInt128.Parse("25000000000000000000", null)), more = paid + new Amount(1);
        Assert.Null(await town.Deposits.FindAsync(vault, [new ReportedDeposit(town.AccountOf("rita"), paid)], default));
        Finding? missing = await town.Deposits.FindAsync(vault, [new ReportedDeposit(town.AccountOf("rita"), more)], default);
        Assert.Contains($"the journal says {more}", Assert.IsType<Finding.Wrong>(missing).Sentence, StringComparison.Ordinal);
    }

    private static async Task<long> EarnAndWithdrawAsync(WitnessedTown town)
    {
        using SpaceSession rita = await town.SessionAsync("rita"), anna = await town.SessionAsync("anna");
        Assert.IsType<Sent.Accepted>(await anna.RegisterAsync("", default));
        PollDraft draft = new()
        {
            Title = "Is two of three enough?",
            Options = ["Yes", "No"],
            Reward = new Amount(UInt128.Parse(Two, null)),
            Maximum = 1,
            Voting = "open",
            Deadline = new Moment(TimeProvider.System.GetUtcNow().AddHours(1).ToUnixTimeMilliseconds()),
        };
        string payer = rita.Author.Account.ToString();
        await WitnessedTown.UntilAsync(async () => (await town.Client.AccountAsync("town", payer, default)) is not null);
        Sent said = await rita.PostPollAsync(draft, default);
        Sent.Accepted posted = said as Sent.Accepted ?? throw new InvalidOperationException($"{said}");
        PollView? poll = null;
        await WitnessedTown.UntilAsync(async () =>
            (poll = await town.Client.PollAsync("town", posted.Id.Value.ToString(), default)) is not null);
        Assert.IsType<Sent.Accepted>(await anna.VoteAsync(poll!, 0, default));
        Sent? last = null;
        await WitnessedTown.UntilAsync(async () =>
            (last = await anna.WithdrawAsync(draft.Reward, default)) is Sent.Accepted);
        return ((Sent.Accepted)last!).Index.Value;
    }
}
