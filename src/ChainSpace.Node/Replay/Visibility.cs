using System.Runtime.CompilerServices;

// A replay is no interface for others; its tests look inside.
[assembly: InternalsVisibleTo("ChainSpace.Tests")]
[assembly: InternalsVisibleTo("ChainSpace.Bench")]
