using ChainSpace.Rules.Aggregation;

namespace ChainSpace.Rules.State;

/// <summary>What gold items have shown, sorted by category and requester, and the way back.</summary>
internal static class CalibrationEncoding
{
    public static void Write(FieldWriter fields, SpaceState state)
    {
        fields.Number(state.Calibrations.Count);
        foreach ((string key, Calibration calibration) in state.Calibrations)
        {
            fields.Text(key);
            Write(fields, calibration);
        }
    }

    public static void Read(FieldReader fields, SpaceState state)
    {
        for (int count = fields.Number32(); count > 0; count--) state.Calibrations.Add(fields.Text(), Read(fields));
    }

    public static void Write(FieldWriter fields, Calibration calibration)
    {
        fields.Number(calibration.Items);
        if (calibration.Items == 0) return;
        for (int level = 0; level < Calibration.Levels.Length; level++)
        {
            fields.Number(calibration.Reached[level]);
            fields.Number(calibration.Right[level]);
        }
    }

    public static Calibration Read(FieldReader fields)
    {
        int items = fields.Number32();
        if (items == 0) return Calibration.None;
        int[] reached = new int[Calibration.Levels.Length], right = new int[Calibration.Levels.Length];
        for (int level = 0; level < reached.Length; level++)
            (reached[level], right[level]) = (fields.Number32(), fields.Number32());
        return Calibration.Of(items, [.. reached], [.. right]);
    }
}
