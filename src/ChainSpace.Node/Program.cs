using System.CommandLine;
using ChainSpace.Node.Commands;

RootCommand root = new("ChainSpace: post a question with a locked reward, vote, be paid, keep the proof.")
{
    UpCommand.Create(),
    ReplayCommand.Create(),
    AuditCommand.Create(),
    CheckCommand.Create(),
};
return await root.Parse(args.Length == 0 ? ["--help"] : args).InvokeAsync();
