namespace TfFlow.Programme.Documents;

/// <summary>Tells a slip of the keyboard from another word.</summary>
internal static class Spelling
{
    /// <summary>Two letters changed, added, left out or swapped at most.</summary>
    public static bool IsNear(string written, string meant) => Math.Abs(written.Length - meant.Length) <= 2 && meant.Length > 3 && Distance(written, meant) <= 2;

    private static int Distance(string a, string b)
    {
        var above = Enumerable.Range(0, b.Length + 1).ToArray();
        for (var i = 1; i <= a.Length; i++)
        {
            var row = new int[b.Length + 1];
            row[0] = i;
            for (var j = 1; j <= b.Length; j++)
            {
                row[j] = Math.Min(Math.Min(above[j] + 1, row[j - 1] + 1), above[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1));
            }

            above = row;
        }

        return above[b.Length];
    }
}
