using Google.Protobuf;

namespace TfFlow.Host.Azure.Tests.Worker;

/// <summary>A protobuf message by the numbers of its fields: enough for the few messages between the Functions host and its worker that are needed here.</summary>
/// <remarks>The numbers are those of FunctionRpc.proto in Azure/azure-functions-language-worker-protobuf. The worker package keeps its own message types to itself.</remarks>
internal sealed class Message
{
    private readonly List<(int Field, object Value)> fields = [];

    /// <summary>Numbers are of type int, everything else is of type <see cref="ByteString"/>.</summary>
    public static Message Parse(ByteString bytes)
    {
        var message = new Message();
        using var input = bytes.CreateCodedInput();
        while (input.ReadTag() is not 0 and var tag)
        {
            switch (WireFormat.GetTagWireType(tag))
            {
                case WireFormat.WireType.LengthDelimited:
                    message.fields.Add((WireFormat.GetTagFieldNumber(tag), input.ReadBytes()));
                    break;
                case WireFormat.WireType.Varint:
                    message.fields.Add((WireFormat.GetTagFieldNumber(tag), (int)input.ReadInt64()));
                    break;
                default:
                    input.SkipLastField();
                    break;
            }
        }

        return message;
    }

    public Message With(int field, string text) => With(field, ByteString.CopyFromUtf8(text));

    public Message With(int field, Message message) => With(field, message.ToByteString());

    public bool Has(int field) => fields.Any(found => found.Field == field);

    public int Number(int field) => fields.Where(found => found.Field == field).Select(found => (int)found.Value).SingleOrDefault();

    public string Text(int field) => Texts(field).SingleOrDefault() ?? "";

    public IEnumerable<string> Texts(int field) => All(field).Select(bytes => bytes.ToStringUtf8());

    public Message One(int field) => Many(field).Single();

    public IEnumerable<Message> Many(int field) => All(field).Select(Parse);

    public ByteString ToByteString()
    {
        using var stream = new MemoryStream();
        using (var output = new CodedOutputStream(stream, leaveOpen: true))
        {
            foreach (var (field, value) in fields)
            {
                if (value is ByteString bytes)
                {
                    output.WriteTag(field, WireFormat.WireType.LengthDelimited);
                    output.WriteBytes(bytes);
                }
                else
                {
                    output.WriteTag(field, WireFormat.WireType.Varint);
                    output.WriteInt64((int)value);
                }
            }
        }

        return ByteString.CopyFrom(stream.ToArray());
    }

    private Message With(int field, ByteString bytes)
    {
        fields.Add((field, bytes));
        return this;
    }

    private IEnumerable<ByteString> All(int field) => fields.Where(found => found.Field == field).Select(found => (ByteString)found.Value);
}
