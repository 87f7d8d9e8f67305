using ChainSpace.Protocol;
using ChainSpace.Protocol.Crypto;
using CsCheck;
using static ChainSpace.Tests.Crypto.Digests;

namespace ChainSpace.Tests.Crypto;

public sealed class KeyCacheTests
{
    [Fact]
    public void Four_threads_on_a_cache_far_too_small_get_only_right_answers()
    {
        const int Keys = 24;
        P256KeyCache cache = new(2);
        P256Verifier verifier = new(new KeyDirectory(), cache);
        P256Signer[] signers = [.. Enumerable.Range(0, Keys).Select(_ => P256Signer.Create())];
        byte[][] signatures = [.. signers.Select(signer => signer.Sign(Digest(1)))];
        foreach (P256Signer signer in signers) verifier.Directory.Add(signer.Key);

        int wrong = 0;
        Thread[] threads = [.. Enumerable.Range(0, 4).Select(seed => new Thread(() =>
        {
            Random random = new(seed);
            for (int round = 0; round < 1500; round++)
            {
                int signer = Math.Min(random.Next(Keys), random.Next(Keys)); // Some often, some seldom.
                bool isGood = random.Next(4) != 0;
                SignatureAnswer answer = verifier.Verify(signers[signer].Account, signatures[signer], Digest(isGood ? 1 : 2));
                if (answer != (isGood ? SignatureAnswer.Valid : SignatureAnswer.Forged)) Interlocked.Increment(ref wrong);
            }
        }))];
        foreach (Thread thread in threads) thread.Start();
        foreach (Thread thread in threads) thread.Join();

        Assert.Equal(0, wrong);
        Assert.Equal(2, cache.Count);
        foreach (P256Signer signer in signers) signer.Dispose();
    }

    // The race itself lasts nanoseconds: threads alone may miss a cache that disposes what it evicts.
    [Fact]
    public void An_evicted_key_serves_until_its_last_holder_lets_go()
    {
        P256KeyCache cache = new(1);
        P256Verifier verifier = new(new KeyDirectory(), cache);
        using P256Signer signer = P256Signer.Create();
        using P256Signer next = P256Signer.Create();
        byte[] signature = signer.Sign(Digest(1));
        verifier.Verify(signer.Key, signature, Digest(1));
        SharedVerifyKey held = Assert.IsType<SharedVerifyKey>(cache.Hold(signer.Account));

        verifier.Verify(next.Key, next.Sign(Digest(1)), Digest(1));
        Assert.Null(cache.Hold(signer.Account));
        Assert.True(held.Verify(signature, Digest(1)));
        held.Release();
        Assert.False(held.TryHold());
        Assert.Throws<ObjectDisposedException>(() => held.Verify(signature, Digest(1)));
    }

    [Fact]
    public void A_forgery_earns_no_place()
    {
        P256KeyCache cache = new(4);
        P256Verifier verifier = new(new KeyDirectory(), cache);
        using P256Signer signer = P256Signer.Create();
        byte[] signature = signer.Sign(Digest(1));
        verifier.Verify(signer.Key, signature, Digest(2));
        Assert.Equal(0, cache.Count);
        verifier.Verify(signer.Key, signature, Digest(1));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void What_was_asked_for_since_the_hand_came_by_stays()
    {
        ClockMap<int, string> map = new(3);
        for (int key = 0; key < 3; key++) Assert.Null(map.Add(key, $"{key}"));
        map.TryGet(0, out _);
        Assert.Equal("1", map.Add(3, "3"));
        Assert.Equal("2", map.Add(4, "4"));
        Assert.Equal("0", map.Add(5, "5")); // Touched once, forgiven once.
        Assert.Equal("again", map.Add(5, "again"));
        Assert.Equal(3, map.Count);
    }

    [Fact]
    public void A_clock_map_holds_what_it_says_and_gives_back_each_value_once() =>
        Gen.Select(Gen.Int[1, 5], Gen.Int[0, 9].Array[0, 60]).Sample((capacity, keys) =>
        {
            ClockMap<int, object> map = new(capacity);
            HashSet<object> held = [];
            foreach (int key in keys)
            {
                if (map.TryGet(key, out object? known))
                {
                    if (!held.Contains(known)) return false;
                    continue;
                }

                object value = new();
                held.Add(value);
                if (map.Add(key, value) is { } gone && !held.Remove(gone)) return false;
                if (!map.TryGet(key, out object? found) || !ReferenceEquals(found, value)) return false;
                if (map.Count != held.Count || held.Count > capacity) return false;
            }

            return true;
        });

    [Fact]
    public void The_directory_finds_every_key_and_no_other()
    {
        KeyDirectory directory = new();
        List<P256PublicKey> keys = [];
        for (int number = 0; keys.Count < 5000; number++)
            if (P256PublicKey.TryReadCompressed([3, .. Digest(number).ToArray()], out P256PublicKey key)) keys.Add(key);

        foreach (P256PublicKey key in keys) Assert.True(directory.Add(key));
        foreach (P256PublicKey key in keys)
        {
            Assert.False(directory.Add(key));
            Assert.True(directory.TryGet(key.Account, out P256PublicKey found));
            Assert.Equal(key, found);
        }

        Assert.Equal(keys.Count, directory.Count);
        Assert.False(directory.TryGet(new AccountId(Digest(1)), out _));
        Assert.Throws<ArgumentException>(() => directory.Add(default));
    }
}
