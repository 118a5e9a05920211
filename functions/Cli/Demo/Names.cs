namespace TfFlow.Cli.Demo;

/// <summary>Invented people: name parts and streets to draw from. Nobody here is anybody.</summary>
internal static class Names
{
    public static readonly string[] Given =
    [
        "Aaliyah", "Adam", "Aisha", "Alfie", "Amelia", "Amir", "Anya", "Archie", "Ava", "Ayaan", "Bethany", "Callum", "Charlie", "Chloe", "Daisy",
        "Daniel", "Dev", "Dylan", "Ella", "Emeka", "Erin", "Ethan", "Evie", "Farah", "Finley", "Freya", "George", "Grace", "Hamza", "Hannah",
        "Harriet", "Ibrahim", "Imogen", "Isaac", "Isla", "Jack", "Jasmine", "Jayden", "Joseph", "Kacper", "Kai", "Keira", "Khadija", "Kian",
        "Lacey", "Leon", "Liam", "Lily", "Logan", "Lola", "Maja", "Maryam", "Mason", "Maya", "Megan", "Mia", "Mohammed", "Nadia", "Niamh",
        "Noah", "Oliwia", "Omar", "Oscar", "Poppy", "Priya", "Rhys", "Riley", "Rohan", "Rosie", "Ruby", "Samuel", "Sana", "Scarlett", "Sofia",
        "Sian", "Tariq", "Theo", "Tilly", "Tomasz", "Tyler", "Uzma", "Wiktor", "William", "Yusuf", "Zara", "Zoe",
    ];

    public static readonly string[] Family =
    [
        "Achterlen", "Adeyinka-Moss", "Ashgrove", "Bakersley", "Bannockby", "Birchmore", "Brackwell", "Calderhurst", "Chaudhari-Lane", "Cliffden",
        "Copplestead", "Dalegarth", "Dunmarrow", "Eastlake", "Ellerbrook", "Fairwether", "Farrowby", "Garstongate", "Glenmoor", "Goldthwick",
        "Hallowfield", "Harrowden", "Hebblewick", "Hossainby", "Ingleford", "Kaminskal", "Kettlemere", "Kirkhallow", "Lambrigg", "Langmoor",
        "Leatherbarrow", "Lindenby", "Marchbank", "Merriweld", "Mirzapore", "Netherwood", "Nowakerski", "Oakenshaw", "O'Callaghby", "Okonjere",
        "Patelwright", "Pemberlow", "Quarmstone", "Rahmanfield", "Ravenglen", "Redmayne-Holt", "Rooksmoor", "Sandalwood", "Selbrigg", "Shawcliff",
        "Singhwell", "Stainbeck", "Tattersley", "Thornebury", "Underhay", "Varleyson", "Wainfleet", "Westerdale", "Whitcliffe", "Wolfenholme", "Yarrowgate",
    ];

    public static readonly string[] Streets =
    [
        "Alder Walk", "Barley Close", "Beacon Road", "Canal Street", "Carver Lane", "Chapel Row", "Dovecote Avenue", "Foundry Street", "Friars Mead",
        "Granary Road", "Hazel Grove", "Heron Way", "Ironworks Lane", "Jubilee Crescent", "Kestrel Drive", "Lantern Street", "Mill Race", "Orchard Rise",
        "Pinfold Lane", "Quarry Hill", "Ropewalk", "Saddlers Court", "Tannery Road", "Tithe Barn Lane", "Union Street", "Viaduct Road", "Weavers Green",
    ];
}
