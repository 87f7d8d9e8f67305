namespace ChainSpace.Rules;
