using System.Runtime.CompilerServices;

// The tests compare whole states, indexes of due moments included.
[assembly: InternalsVisibleTo("ChainSpace.Tests")]
[assembly: InternalsVisibleTo("ChainSpace.Bench")]
