using ChainSpace.Node.Replay;

namespace ChainSpace.Tests.Replay;

public sealed class CrowdDataTests
{
    private const string NoTruth = "task,label\n";

    [Fact]
    public void Names_become_numbers_and_labels_are_sorted()
    {
        using CrowdFiles files = new("task,worker,label\nt,ann,10\nt,bob,9\nu,ann,-1\nt,ann,9\n", "task,label\nu,9\nx,1\n");
        CrowdData data = files.Read();
        Assert.Equal("small-crowd-1", data.Category);
        Assert.Equal(["t", "u"], data.Tasks);
        Assert.Equal(["ann", "bob"], data.Workers);
        Assert.Equal(["-1", "9", "10"], data.Labels);
        Assert.Equal([new(0, 0, 2, false), new(0, 1, 1, false), new(1, 0, 0, false), new(0, 0, 1, true)], data.Votes);
        Assert.Equal([null, 1], data.Truth);
        Assert.Equal([2, 1], data.Voters);
    }

    [Fact]
    public void Words_are_sorted_as_they_are_spelled_and_a_truth_nobody_voted_for_meets_no_answer()
    {
        using CrowdFiles files = new("task,worker,label\nt,a,yes\nt,b,10\nt,c,9\n", "task,label\nt,maybe\n");
        CrowdData data = files.Read();
        Assert.Equal(["10", "9", "yes"], data.Labels);
        Assert.Equal([CrowdData.Unnamed], data.Truth);
    }

    [Theory]
    [InlineData("", NoTruth, "votes.csv, line 1: the header must be task,worker,label.")]
    [InlineData("task,worker\n", NoTruth, "votes.csv, line 1: the header must be task,worker,label.")]
    [InlineData("task,worker,label\n", NoTruth, "votes.csv, line 1: there are no votes below the header.")]
    [InlineData("task,worker,label\nt,a,1\nt,b\n", NoTruth, "votes.csv, line 3: 3 fields are expected, there are 2.")]
    [InlineData("task,worker,label\nt,,1\n", NoTruth, "votes.csv, line 2: a field must have 1 to 200 characters.")]
    [InlineData("task,worker,label\nt,a,1\n", "label\n", "truth.csv, line 1: the header must be task,label.")]
    [InlineData("task,worker,label\nt,a,1\n", "task,label\nt,1\nt,2\n", "truth.csv, line 3: task t has a truth already.")]
    public void A_wrong_file_is_named_with_the_line(string votes, string truth, string sentence)
    {
        using CrowdFiles files = new(votes, truth);
        Assert.Equal(sentence, Assert.Throws<ReplayException>(files.Read).Message);
    }

    [Fact]
    public void More_labels_than_a_poll_has_options_are_refused_where_the_first_is()
    {
        IEnumerable<string> rows = Enumerable.Range(0, 101).Select(static i => $"t,w{i},{i}\n");
        using CrowdFiles files = new("task,worker,label\n" + string.Concat(rows), NoTruth);
        Assert.Equal(
            "votes.csv, line 102: label 100 is one more than the 100 options a poll has.",
            Assert.Throws<ReplayException>(files.Read).Message);
    }

    [Fact]
    public void Bytes_that_are_no_text_and_files_that_are_not_there_are_told()
    {
        using CrowdFiles files = new("", NoTruth);
        File.WriteAllBytes(files.Votes, [.. "task,worker,label\n"u8, 0xff, 0xfe]);
        Assert.Equal("votes.csv is not UTF-8 text.", Assert.Throws<ReplayException>(files.Read).Message);
        File.Delete(files.Votes);
        Assert.StartsWith($"{files.Votes} cannot be read: ", Assert.Throws<ReplayException>(files.Read).Message);
    }

    [Theory]
    [InlineData("d_product", "d-product")]
    [InlineData("Grün & Blau", "gr-n---blau")]
    [InlineData("___", "general")]
    [InlineData("", "general")]
    [InlineData("a-very-long-name-of-a-folder-that-goes-on", "a-very-long-name-of-a-folder-tha")]
    public void A_folder_becomes_a_category(string folder, string slug) => Assert.Equal(slug, CrowdData.Slug(folder));
}
