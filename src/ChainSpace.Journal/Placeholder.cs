namespace ChainSpace.Journal;
