namespace TfFlow.Programme.Agreements;

/// <summary>The JSON Schema of agreement documents (draft 2020-12), for editors that check while one writes.</summary>
public static class AgreementSchema
{
    public static string Read()
    {
        using var text = new StreamReader(typeof(AgreementSchema).Assembly.GetManifestResourceStream("TfFlow.Programme.Agreements.agreement.schema.json")!);
        return text.ReadToEnd();
    }
}
