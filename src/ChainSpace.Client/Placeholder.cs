namespace ChainSpace.Client;
