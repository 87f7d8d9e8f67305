using ChainSpace.Protocol;
using ChainSpace.Rules.Eligibility;

namespace ChainSpace.Rules.State;

/// <summary>The records of admissions: hashed, a poll's id, count and chain; in a snapshot, its accounts as well.</summary>
internal static class AdmissionRecords
{
    public static void WriteHashed(FieldWriter fields, Admissions admissions)
    {
        fields.Number(admissions.Count);
        foreach ((TaskId poll, AdmissionList list) in admissions.Lists) WriteList(fields, poll, list);
    }

    public static void Write(FieldWriter fields, Admissions admissions)
    {
        fields.Number(admissions.Count);
        foreach ((TaskId poll, AdmissionList list) in admissions.Lists)
        {
            WriteList(fields, poll, list);
            foreach (AccountId voter in list.Voters) fields.Id(voter.Value);
        }
    }

    public static void Read(FieldReader fields, Admissions admissions)
    {
        for (int polls = fields.Number32(); polls > 0; polls--)
        {
            TaskId poll = new(fields.Id());
            int count = fields.Number32();
            Bytes32 chain = fields.Id();
            SortedSet<AccountId> voters = [];
            for (int i = 0; i < count; i++) voters.Add(fields.Account());
            admissions.Restore(poll, new AdmissionList(chain, voters));
        }
    }

    private static void WriteList(FieldWriter fields, TaskId poll, AdmissionList list)
    {
        fields.Id(poll.Value);
        fields.Number(list.Voters.Count);
        fields.Id(list.Chain);
    }
}
