using System.CommandLine;
using System.CommandLine.Help;
using System.CommandLine.Invocation;
using ChainSpace.Node.Commands;

Command root = new("chainspace", "ChainSpace: post a question with a locked reward, vote, be paid, keep the proof.")
{
    UpCommand.Create(),
    ReplayCommand.Create(),
    AuditCommand.Create(),
    CheckCommand.Create(),
    KeyCommand.Create(),
    JoinCommand.Create(),
    PostCommand.Create(),
    BatchCommand.Create(),
    VoteCommand.Create(),
    InboxCommand.Create(),
    DrawCommand.Create(),
    AttestCommand.Create(),
    JobCommand.Create(),
    GoldCommand.Create(),
    CloseCommand.Create(),
    ExtendCommand.Create(),
    CancelCommand.Create(),
    EraseCommand.Create(),
    BonusCommand.Create(),
    DepositCommand.Create(),
    WithdrawCommand.Create(),
    ExpediteCommand.Create(),
    ClaimCommand.Create(),
    LeaveCommand.Create(),
    PayoutsCommand.Create(),
    AnchorsCommand.Create(),
    AdoptCommand.Create(),
    ScoreCommand.Create(),
    AttributesCommand.Create(),
    ApplyCommand.Create(),
    PeopleCommand.Create(),
    InviteCommand.Create(),
    InviteCommand.CreateList(),
    ProfileCommand.Create(),
    WitnessCommand.Create(),
    WatchCommand.Create(),
    NetworksCommand.Create(),
    ShowCommand.Create(),
    QuoteCommand.Create(),
    ReceiptCommand.Create(),
    VerifyCommand.Create(),
    DelegateCommand.Create(),
    RevokeCommand.Create(),
    SimulateCommand.Create(),
    TemplatesCommand.Create(),
    TestsCommand.Create(),
};
root.Options.Add(new HelpOption { Recursive = true });
root.Options.Add(new VersionOption());

// A title may begin with @; no file is meant by it.
ParserConfiguration plain = new() { ResponseFileTokenReplacer = null };
ParseResult parsed = root.Parse(args.Length == 0 ? ["--help"] : args, plain);
if (parsed.Action is not ParseErrorAction) return await parsed.InvokeAsync();

// Some messages of the parser have more than one line.
string wrong = parsed.UnmatchedTokens is [string token, ..] ? $"There is no '{token}' here." : parsed.Errors[0].Message;
string line = string.Join(' ', wrong.Split(['\n', '\t', ' '], StringSplitOptions.RemoveEmptyEntries)).TrimEnd('.');
await Console.Error.WriteLineAsync($"{line}. Ask for --help to see what there is.");
return 1;
