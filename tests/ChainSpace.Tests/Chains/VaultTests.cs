using System.Collections.Immutable;
using ChainSpace.Chains;
using ChainSpace.Chains.Abi;
using ChainSpace.Chains.Contracts;
using ChainSpace.Chains.Deposits;
using ChainSpace.Chains.Networks;
using ChainSpace.Chains.Rpc;
using ChainSpace.Chains.Transactions;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using SuperLeaf = ChainSpace.Protocol.Settlement.SuperLeaf;
using SuperProof = ChainSpace.Protocol.Settlement.SuperProof;
using SuperTree = ChainSpace.Protocol.Settlement.SuperTree;

namespace ChainSpace.Tests.Chains;

/// <summary>The bindings against the contracts themselves.</summary>
public sealed class VaultTests
{
    private static readonly SpaceId _space = new(VaultSamples.Word('5'));

    [Fact]
    public async Task A_vault_stands_where_it_was_computed_and_keeps_its_terms()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner operatorKey = await chain.WalletAsync();
        VaultFactory factory = new((await DeployAsync(chain, operatorKey, VaultFactory.Deploy())).Created!.Value);
        VaultTerms terms = Terms(operatorKey) with { Bond = new Wei(77), Threshold = 2, Witnesses = VaultSamples.Word('6') };

        Address computed = factory.VaultOf(_space, terms);
        Assert.Equal(computed, await chain.AskAsync(factory.AskVaultOf(_space, terms)));
        await DeployAsync(chain, operatorKey, factory.Create(_space, terms));

        VaultViews vault = new(computed);
        Assert.Equal(terms, await chain.AskAsync(vault.Terms()));
        Assert.Equal(_space, await chain.AskAsync(vault.Space()));
        Assert.False(await chain.AskAsync(vault.IsEnded()));
        Assert.NotEqual(computed, factory.VaultOf(_space, terms with { Window = 1 }));
        Assert.NotEqual(computed, factory.VaultOf(new SpaceId(default), terms));
    }

    [Fact]
    public async Task Money_comes_in_an_endorsed_root_is_anchored_and_money_goes_out()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner operatorKey = await chain.WalletAsync(), witness = WalletSigner.Create();
        using P256Signer pseudonym = P256Signer.Create();
        Address witnessAddress = Address.Of(witness.Account), payee = Address.Of(witness.Account);
        VaultTerms terms = Terms(operatorKey) with { Threshold = 1, Witnesses = VaultTerms.WitnessSet([witnessAddress]) };
        Address vault = await CreateAsync(chain, operatorKey, terms);
        VaultCalls calls = new(vault);
        VaultViews views = new(vault);
        VaultDomain domain = new(LocalChain.Id, vault);
        await SucceedAsync(chain, operatorKey, calls.Deposit(operatorKey.Account, new Wei(100)));
        Assert.Equal(100, await chain.AskAsync(views.Deposited(operatorKey.Account)));

        // One leaf: everything goes to a key without an address. A tree of one leaf is its hash, with an empty proof.
        PayoutLeaf leaf = new(pseudonym.Account, 60, 60);
        byte[] signature = witness.Sign(domain.Anchor(9, VaultSamples.Word('1'), leaf.Hash));
        Receipt.Mined anchored = await SucceedAsync(chain, operatorKey, calls.AnchorEndorsed(
            9, VaultSamples.Word('1'), leaf.Hash, new Endorsement([witnessAddress], [signature])));
        BlockHeader block = await chain.AskAsync(Chain.Block(new BlockTag.At(anchored.Block)));
        VaultAnchor head = new(default, 9, block.Seconds, VaultSamples.Word('1'), leaf.Hash);
        Assert.Equal(new VaultHead(head.Commitment, 9), await chain.AskAsync(views.Head()));
        Assert.Equal(new GoodRoot(leaf.Hash, 9, block.Seconds), await chain.AskAsync(views.Good()));

        ChainCall claim = calls.ClaimTo(
            payee, pseudonym.PublicKey.Span, leaf, [], pseudonym.Sign(domain.Claim(pseudonym.Account, payee, 60)));
        await SucceedAsync(chain, operatorKey, claim);
        Assert.Equal(new Wei(60), await chain.BalanceAsync(payee));
        Assert.Equal(60, await chain.AskAsync(views.Claimed(pseudonym.Account)));
        Assert.IsType<RpcFault.Reverted>((await chain.Endpoint.AskAsync(Chain.Run(claim, new BlockTag.Latest()), default)).Fault);
    }

    [Fact]
    public async Task A_proposal_waits_in_the_vault_until_it_is_good()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner operatorKey = await chain.WalletAsync();
        Address vault = await CreateAsync(chain, operatorKey, Terms(operatorKey) with { Window = 3600, ExitAfter = 100_000 });
        VaultCalls calls = new(vault);
        VaultViews views = new(vault);
        Bytes32 payoutRoot = VaultSamples.Word('2');
        Receipt.Mined first = await SucceedAsync(chain, operatorKey, calls.Anchor(1, VaultSamples.Word('1'), payoutRoot));
        BlockHeader block = await chain.AskAsync(Chain.Block(new BlockTag.At(first.Block)));
        VaultAnchor one = new(default, 1, block.Seconds, VaultSamples.Word('1'), payoutRoot);

        await SucceedAsync(chain, operatorKey, calls.Propose(one));
        Proposal waiting = await chain.AskAsync(views.Proposal());
        Assert.Equal((1UL, Address.Zero), (waiting.Size, waiting.Challenger));
        Assert.Equal(1, await chain.AskAsync(views.ChallengePrice()));
        await chain.DoAsync("evm_increaseTime", writer => writer.WriteNumberValue(4000));
        await chain.MineAsync();
        await SucceedAsync(chain, operatorKey, calls.Promote());
        Assert.Equal(VaultSamples.Word('2'), (await chain.AskAsync(views.Good())).PayoutRoot);

        Receipt.Mined second = await SucceedAsync(chain, operatorKey, calls.Anchor(5, VaultSamples.Word('3'), payoutRoot));
        block = await chain.AskAsync(Chain.Block(new BlockTag.At(second.Block)));
        VaultAnchor two = new(one.Commitment, 5, block.Seconds, VaultSamples.Word('3'), payoutRoot);
        Assert.Equal(new VaultHead(two.Commitment, 5), await chain.AskAsync(views.Head()));
    }

    [Fact]
    public async Task Tokens_of_a_space_are_minted_approved_deposited_and_watched()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner operatorKey = await chain.WalletAsync();
        Address me = Address.Of(operatorKey.Account);
        ChainCall code = Erc20.RewardTokenCode("Reward", "RWD", me, new MintSchedule(1000, 1, 5000, 0));
        Erc20 token = new((await DeployAsync(chain, operatorKey, code)).Created!.Value);
        Assert.Equal(("RWD", 18), (await chain.AskAsync(token.Symbol()), await chain.AskAsync(token.Decimals())));
        Assert.Equal(1000, await chain.AskAsync(token.BalanceOf(me)));
        await SucceedAsync(chain, operatorKey, token.Mint());
        Assert.Equal(5000, await chain.AskAsync(token.TotalSupply()));

        Address vault = await CreateAsync(chain, operatorKey, Terms(operatorKey) with { Asset = token.Address });
        await SucceedAsync(chain, operatorKey, token.Approve(vault, 300));
        Assert.Equal(300, await chain.AskAsync(token.Allowance(me, vault)));
        AccountId account = operatorKey.Account;
        await SucceedAsync(chain, operatorKey, new VaultCalls(vault).DepositTokens(account, 200));
        await SucceedAsync(chain, operatorKey, new VaultCalls(vault).DepositTokens(account, 50));

        RpcPool pool = new(LocalChain.Id, [chain.Endpoint], 1, TimeProvider.System, new Random(1));
        DepositWatcher watcher = new(pool, vault, new FinalityRule.Confirmations(0));
        DepositNews news = await watcher.NextAsync(DepositCursor.From(new BlockNumber(0)), default);
        ImmutableArray<Deposit> deposits = Assert.IsType<DepositNews.Read>(news).Deposits;
        Assert.Equal([200, 250], deposits.Select(each => (int)each.Total.Units));
        Assert.All(deposits, each => Assert.Equal(account, each.Account));
    }

    [Fact]
    public async Task Tokens_come_in_by_a_signature_alone()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner payer = await chain.WalletAsync(), relayer = await chain.WalletAsync();
        Address me = Address.Of(payer.Account);
        byte[] words = AbiTuple.Parse("(string,string)").Encode("Test dollar", "USDX");
        ChainCall code = new(null, Wei.Zero, (byte[])[.. ContractCode.TestToken.Span, .. words]);
        Erc20 token = new((await DeployAsync(chain, payer, code)).Created!.Value);
        byte[] mint = AbiSignature.Parse("mint(address,uint256)").Encode(me, 100);
        await SucceedAsync(chain, payer, new ChainCall(token.Address, Wei.Zero, mint));
        Address vault = await CreateAsync(chain, relayer, Terms(relayer) with { Asset = token.Address });
        TokenDomain domain = new("Test dollar", LocalChain.Id, token.Address);
        AccountId account = relayer.Account;

        byte[] permit = payer.Sign(domain.Permit((me, vault), 60, await chain.AskAsync(token.PermitsOf(me)), ulong.MaxValue));
        await SucceedAsync(chain, payer, new VaultCalls(vault).DepositWithPermit(account, 60, ulong.MaxValue, permit));
        Assert.Equal(1, await chain.AskAsync(token.PermitsOf(me)));

        TokenAuthorization authorization = new(me, account, 40, 0, ulong.MaxValue, VaultSamples.Word('1'));
        byte[] signature = payer.Sign(domain.Receive(authorization, vault));
        await SucceedAsync(chain, relayer, new VaultCalls(vault).DepositWithAuthorization(authorization, signature));
        Assert.Equal(100, await chain.AskAsync(new VaultViews(vault).Deposited(account)));
    }

    [Fact]
    public async Task An_anchorage_keeps_the_chain_of_an_operators_super_roots()
    {
        await using LocalChain chain = await LocalChain.StartAsync();
        using WalletSigner operatorKey = await chain.WalletAsync();
        Address me = Address.Of(operatorKey.Account);
        AnchorageContract anchorage = new((await DeployAsync(chain, operatorKey, AnchorageContract.Deploy())).Created!.Value);
        Address vault = await CreateAsync(chain, operatorKey, Terms(operatorKey) with { Anchorage = anchorage.Address });
        SuperTree tree = new(
        [
            new SuperLeaf(_space, 3, VaultSamples.Word('1'), VaultSamples.Word('2'), default),
            new SuperLeaf(new SpaceId(VaultSamples.Word('9')), 5, VaultSamples.Word('3'), default, default),
        ]);
        SuperProof proof = tree.Find(_space)!;
        SuperHead head = new(me, default, tree.Root);

        await SucceedAsync(chain, operatorKey, anchorage.Anchor(tree.Root));
        Assert.Equal(AnchorageContract.HeadAfter(default, tree.Root), await chain.AskAsync(anchorage.Head(me)));
        Assert.True(await chain.AskAsync(anchorage.Verify(head, proof)));
        SuperProof other = proof with { Leaf = proof.Leaf with { Size = 4 } };
        Assert.False(await chain.AskAsync(anchorage.Verify(head, other)));
        await SucceedAsync(chain, operatorKey, new VaultCalls(vault).Adopt(head, proof));
        Assert.Equal(3UL, (await chain.AskAsync(new VaultViews(vault).Head())).Size);
    }

    private static VaultTerms Terms(WalletSigner operatorKey) => new(
        Address.Zero, Address.Of(operatorKey.Account), Address.Zero, default, 0, 3600, 200_000, new Wei(1));

    private static async Task<Address> CreateAsync(LocalChain chain, WalletSigner operatorKey, VaultTerms terms)
    {
        VaultFactory factory = new((await DeployAsync(chain, operatorKey, VaultFactory.Deploy())).Created!.Value);
        await DeployAsync(chain, operatorKey, factory.Create(_space, terms));
        return factory.VaultOf(_space, terms);
    }

    private static Task<Receipt.Mined> DeployAsync(LocalChain chain, WalletSigner wallet, ChainCall call) =>
        SucceedAsync(chain, wallet, call);

    private static async Task<Receipt.Mined> SucceedAsync(LocalChain chain, WalletSigner wallet, ChainCall call)
    {
        Answer<ReadOnlyMemory<byte>> dry =
            await chain.Endpoint.AskAsync(Chain.Run(call, new BlockTag.Latest(), Address.Of(wallet.Account)), default);
        Assert.True(dry.IsGood, dry.Fault?.ToString());
        Receipt.Mined receipt = await chain.CallAsync(wallet, call);
        Assert.True(receipt.Succeeded);
        return receipt;
    }
}
