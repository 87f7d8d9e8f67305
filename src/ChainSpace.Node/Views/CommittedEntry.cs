using System.Collections.Immutable;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Rules;

namespace ChainSpace.Node.Views;

/// <summary>A durable entry with what followed from it.</summary>
public sealed record CommittedEntry(EntryIndex Index, Entry Entry, MessageId Id, ImmutableArray<Fact> Facts);
