using System.Runtime.CompilerServices;

// The tests compare both curves' implementations with each other, below the public surface.
[assembly: InternalsVisibleTo("ChainSpace.Tests")]
