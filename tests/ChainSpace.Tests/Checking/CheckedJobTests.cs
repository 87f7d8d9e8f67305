using ChainSpace.Client.Reading;
using ChainSpace.Client.Writing;
using ChainSpace.Node.Sandbox.Suites;
using ChainSpace.Protocol;
using ChainSpace.Protocol.Messages;
using ChainSpace.Tests.Sandbox;

namespace ChainSpace.Tests.Checking;

/// <summary>Hidden tests, run by the node itself on what a worker hands in.</summary>
public sealed class CheckedJobTests
{
    [Fact]
    public async Task A_wrong_program_goes_back_and_a_right_one_is_paid()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TaskId job = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        string lease = (await room.PartAsync(job, "working")).Due!;

        await room.SubmitAsync(job, Classroom.Program(Classroom.Wrong));
        AssignmentView back = await room.PartAsync(job, "working", isChecked: true);
        Assert.Equal((1, 2), (back.Check!.Passed, back.Check.Failed));
        Assert.True(long.Parse(back.Due!, null) >= long.Parse(lease, null), "The time of the check was the worker's.");

        await room.SubmitAsync(job, Classroom.Program(Classroom.Right));
        AssignmentView passed = await room.PartAsync(job, "review");
        Assert.Equal((3, 0), (passed.Check!.Passed, passed.Check.Failed));
        await room.SayAsync(room.Requester.Sign(header => new AcceptWork(header, job, room.Worker.Account)));
        Assert.Equal("1000", (await room.PartAsync(job, "done")).Paid);
    }

    [Fact]
    public async Task Tests_are_hidden_until_the_job_has_ended_and_public_afterwards()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        JobDraft draft = room.Draft();
        TaskId job = await room.ClaimedAsync(draft, Classroom.Suite);
        SaltedWork work = Classroom.Program(Classroom.Right);
        await room.SubmitAsync(job, work);
        AssignmentView review = await room.PartAsync(job, "review");
        Assert.Null(review.Check!.Verdict);
        foreach (string path in (string[])[$"jobs/{job}", "jobs", $"submissions/{draft.Tests}", $"content/{draft.Tests}"])
        {
            using HttpResponseMessage answer = await room.Http.GetAsync($"v1/spaces/{Classroom.Name}/{path}");
            string body = await answer.Content.ReadAsStringAsync();
            Assert.DoesNotContain(Classroom.Secret, body, StringComparison.Ordinal);
            Assert.DoesNotContain("huge", body, StringComparison.Ordinal);
        }

        (int status, string hidden) = await room.TestsAsync(job);
        Assert.Equal(404, status);
        Assert.Contains("tests_hidden", hidden, StringComparison.Ordinal);
        await room.SayAsync(room.Requester.Sign(header => new AcceptWork(header, job, room.Worker.Account)));
        AssignmentView done = await room.PartAsync(job, "done");

        byte[] json = (await room.Client.TestsAsync(Classroom.Name, job.ToString(), default))!;
        TestSuite suite = TestSuite.Read(json);
        Assert.Equal((await room.ShowAsync(job)).Content!.Tests, suite.Hash.ToString());
        Submission submission = SubmissionReader.FromBytes([.. work.Content], "none");
        Assert.Equal(done.Check!.Verdict, (await Bench.VerdictAsync(suite, submission)).Hash);
    }

    [Fact]
    public async Task Work_that_waited_when_the_node_stopped_is_checked_at_its_next_start()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TaskId job = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        await room.SubmitAsync(job, Classroom.Program("sleep 2; " + Classroom.Right));
        Assert.Null((await room.PartAsync(job, "checking")).Check);
        await room.StopAsync();
        await room.StartAsync();
        Assert.Equal(3, (await room.PartAsync(job, "review")).Check!.Passed);
    }

    [Fact]
    public async Task What_was_said_of_earlier_work_does_not_hit_later_work()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TaskId job = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        SaltedWork slow = Classroom.Program("sleep 1; " + Classroom.Wrong);
        await room.SubmitAsync(job, slow);
        await Task.Delay(1_500);

        // The operator is impatient and sends the work back while its tests run; the worker has something better at hand.
        await room.Host.Sequencer.ReportAsync(header => new ReportCheck(header, job, room.Worker.Account, 0));
        await room.SubmitAsync(job, Classroom.Program(Classroom.Right));
        AssignmentView part = await room.PartAsync(job, "review");
        Assert.Equal(3, part.Check!.Passed);
        List<uint> reports = [];
        for (long index = 0; index < room.Host.Journal.Size; index++)
        {
            Assert.True(Entry.TryRead(room.Host.Journal.ReadEntry(index).Span, out Entry? entry, out _));
            if (entry!.Message is ReportCheck report) reports.Add(report.Passed);
        }

        Assert.Equal([0, 1], reports);
    }

    [Fact]
    public async Task Other_tests_than_the_job_names_are_refused()
    {
        await using Classroom room = await Classroom.OpenAsync();
        TaskId job = await room.ClaimedAsync(room.Draft(), suite: null);
        TestSuite easier = Classroom.Suite with { Tests = [Classroom.Suite.Tests[0]] };
        Sent.Refused refused = (await PutAsync(Classroom.JsonOf(easier)))!;
        Assert.Equal((400, "wrong_tests"), (refused.Status, refused.Code));
        foreach (string none in (string[])["", "[]", "{\"title\":\"\",\"tests\":[null]}", "{\"title\":\"\",\"tests\":null}"])
            Assert.Equal("wrong_tests", (await PutAsync(System.Text.Encoding.UTF8.GetBytes(none)))!.Code);
        Assert.Equal("too_large", (await PutAsync(new byte[5 * 1_048_576]))!.Code);
        Assert.Contains("no_tests", (await room.TestsAsync(job)).Body, StringComparison.Ordinal);

        Assert.Null(await PutAsync(Classroom.JsonOf(Classroom.Suite)));
        Assert.Null(await PutAsync(Classroom.JsonOf(Classroom.Suite)));
        Assert.Contains("tests_hidden", (await room.TestsAsync(job)).Body, StringComparison.Ordinal);

        Task<Sent.Refused?> PutAsync(byte[] json) => room.Client.PutTestsAsync(Classroom.Name, job.ToString(), json, default);
    }

    [Fact]
    public async Task A_job_names_tests_by_their_hash_and_a_checker_with_them()
    {
        await using Classroom room = await Classroom.OpenAsync();
        Sent sent = await room.Client.SendAsync(
            Classroom.Name, room.Requester.Post(room.Draft() with { Checker = default }), default);
        Assert.Equal("wrong_content", Assert.IsType<Sent.Refused>(sent).Code);

        TaskId plain = await room.ClaimedAsync(room.Draft() with { Tests = null }, suite: null);
        Sent.Refused refused = (await room.Client.PutTestsAsync(
            Classroom.Name, plain.ToString(), Classroom.JsonOf(Classroom.Suite), default))!;
        Assert.Equal((404, "no_tests"), (refused.Status, refused.Code));
    }

    [Fact]
    public async Task What_is_no_program_fails_with_a_reason()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TaskId job = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        await room.SubmitAsync(job, Classroom.Program("Dear teacher,", "letter.txt"));
        AssignmentView part = await room.PartAsync(job, "working", isChecked: true);
        Assert.Equal((0, 3), (part.Check!.Passed, part.Check.Failed));
        Assert.Contains("main.sh", part.Check.Fault, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_the_language_is_fixed_a_bare_source_is_enough()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TestSuite suite = Classroom.Suite with { Languages = ["sh"] };
        TaskId job = await room.ClaimedAsync(room.Draft() with { Tests = suite.Hash }, suite);
        await room.SubmitAsync(job, new SaltedWork(JobAuthor.Salt(), [.. "read a b; echo $((a + b))"u8]));
        Assert.Equal(3, (await room.PartAsync(job, "review")).Check!.Passed);
    }

    [Fact]
    public async Task Where_the_tests_themselves_fail_nothing_is_said_and_others_are_not_kept_waiting()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TestSuite broken = Classroom.Suite with { Checker = new Checker("sh", "exit 1") };
        TaskId job = await room.ClaimedAsync(room.Draft() with { Tests = broken.Hash, Review = 3_600_000 }, broken);
        await room.SubmitAsync(job, Classroom.Program(Classroom.Right));
        TaskId other = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        await room.SubmitAsync(other, Classroom.Program(Classroom.Right));
        await room.PartAsync(other, "review");
        AssignmentView part = await room.PartAsync(job, "checking");
        Assert.Null(part.Check);
    }

    [Fact]
    public async Task Tests_that_would_keep_the_node_for_long_are_refused()
    {
        await using Classroom room = await Classroom.OpenAsync();
        TestSuite slow = Classroom.Suite with
        {
            Tests = [.. Enumerable.Range(0, 200).Select(static each => new SuiteTest { Name = $"{each}" })],
        };
        TaskId job = await room.ClaimedAsync(room.Draft() with { Tests = slow.Hash }, suite: null);
        Sent.Refused refused = (await room.Client.PutTestsAsync(
            Classroom.Name, job.ToString(), Classroom.JsonOf(slow), default))!;
        Assert.Equal("wrong_tests", refused.Code);
        Assert.Contains("1000 seconds", refused.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_node_does_not_speak_for_another_checker()
    {
        Bench.NeedsSandbox();
        await using Classroom room = await Classroom.OpenAsync();
        TaskId theirs = await room.ClaimedAsync(room.Draft() with { Checker = room.Requester.Account }, Classroom.Suite);
        await room.SubmitAsync(theirs, Classroom.Program(Classroom.Right));
        TaskId ours = await room.ClaimedAsync(room.Draft(), Classroom.Suite);
        await room.SubmitAsync(ours, Classroom.Program(Classroom.Right));
        await room.PartAsync(ours, "review");
        Assert.Equal("checking", (await room.ShowAsync(theirs)).Assignments[0].Phase);
    }
}
