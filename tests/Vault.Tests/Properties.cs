using FsCheck;
using FsCheck.Fluent;

namespace TfFlow.Vault.Tests;

internal static class Properties
{
    /// <summary>Runs the check on generated cases; a failing case is shrunk and shown.</summary>
    public static void Hold<T>(int cases, Gen<T> of, Action<T> check) =>
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(cases), Prop.ForAll(of.ToArbitrary(), check));
}
