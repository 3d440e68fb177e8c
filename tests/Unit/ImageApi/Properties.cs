using FsCheck;
using FsCheck.Fluent;

namespace Dlcs.Unit.ImageApi;

/// <summary>What must hold for any input; a failure names the smallest input that breaks it.</summary>
internal static class Properties
{
    private static readonly Config Quietly = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    public static void Check<T1, T2>(Action<T1, T2> holds) => Prop.ForAll(holds).Check(Quietly);

    /// <summary>A picture, and numbers to make a request from.</summary>
    public static void Check(Action<int, int, int[]> holds)
    {
        var sides = Gen.Frequency((3, Gen.Choose(1, 300)), (3, Gen.Choose(300, 6000)), (1, Gen.Choose(6000, 70_000)));
        var numbers = Gen.Choose(0, 12_000).ArrayOf(6);
        var all = from width in sides from height in sides from n in numbers select (width, height, n);
        Prop.ForAll(all.ToArbitrary(), given => holds(given.width, given.height, given.n)).Check(Quietly);
    }
}
