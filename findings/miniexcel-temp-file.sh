#!/usr/bin/env bash
# MiniExcel 1.46.0 writes the texts of a workbook in clear to the temp folder while it reads.
# It calls this a cache. It is on by default when the shared texts are over 5 MiB, and the file is deleted afterwards.
# EnableSharedStringCache = false keeps the texts in memory.
# Exit 0: as stated. 1: changed. 2: could not run.
set -uo pipefail
for tool in dotnet; do
  command -v "$tool" > /dev/null || { echo "Could not run: $tool is missing."; exit 2; }
done
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder" || exit 2
export NUGET_PACKAGES="$folder/packages" DOTNET_NOLOGO=1 DOTNET_CLI_TELEMETRY_OPTOUT=1 MSBUILDDISABLENODEREUSE=1 UseSharedCompilation=false

cat > finding.csproj <<'XML'
<Project Sdk="Microsoft.NET.Sdk">
  <PropertyGroup>
    <OutputType>Exe</OutputType>
    <TargetFramework>net10.0</TargetFramework>
    <ImplicitUsings>enable</ImplicitUsings>
    <Nullable>enable</Nullable>
    <InvariantGlobalization>true</InvariantGlobalization>
  </PropertyGroup>
  <ItemGroup>
    <PackageReference Include="MiniExcel" Version="[1.46.0]" />
  </ItemGroup>
</Project>
XML
cat > Program.cs <<'CS'
using System.IO.Compression;
using System.Text;
using MiniExcelLibs;
using MiniExcelLibs.OpenXml;

var changed = false;
const int people = 150_000;
var texts = new StringBuilder();
var rows = new StringBuilder();
for (var i = 0; i < people; i++)
{
    texts.Append($"<si><t>Zebedee Quillfeather number {i}</t></si>");
    rows.Append($"""<row r="{i + 1}"><c r="A{i + 1}" t="s"><v>{i}</v></c></row>""");
}

var file = Workbook("", rows.ToString(), texts.ToString());
var temp = Directory.CreateDirectory("temp").FullName;
Environment.SetEnvironmentVariable("TMPDIR", temp + "/");
Expect("names in clear in the temp folder while reading", true, Read(null));
Expect("files left afterwards", 0, Directory.GetFiles(temp).Length);
Expect("with EnableSharedStringCache = false", false, Read(new OpenXmlConfiguration { EnableSharedStringCache = false }));
return changed ? 1 : 0;

bool Read(OpenXmlConfiguration? configuration)
{
    file.Position = 0;
    var count = 0;
    var seen = false;
    foreach (var _ in file.Query(excelType: ExcelType.XLSX, configuration: configuration))
    {
        if (++count == people)
        {
            seen = Directory.GetFiles(temp).Any(path =>
            {
                using var open = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
                return new StreamReader(open).ReadToEnd().Contains("Zebedee Quillfeather number 149");
            });
        }
    }

    return seen;
}

static MemoryStream Workbook(string properties, string rows, string? sharedTexts = null)
{
    const string main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    const string types = "http://schemas.openxmlformats.org/package/2006/content-types";
    const string links = "http://schemas.openxmlformats.org/package/2006/relationships";
    const string office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    const string sheetType = "application/vnd.openxmlformats-officedocument.spreadsheetml";
    var file = new MemoryStream();
    using (var zip = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
    {
        Put("[Content_Types].xml", $"""
            <Types xmlns="{types}"><Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>
            <Override PartName="/xl/workbook.xml" ContentType="{sheetType}.sheet.main+xml"/>
            <Override PartName="/xl/worksheets/sheet1.xml" ContentType="{sheetType}.worksheet+xml"/>
            <Override PartName="/xl/styles.xml" ContentType="{sheetType}.styles+xml"/>
            <Override PartName="/xl/sharedStrings.xml" ContentType="{sheetType}.sharedStrings+xml"/></Types>
            """);
        Put("_rels/.rels", $"""<Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/officeDocument" Target="xl/workbook.xml"/></Relationships>""");
        Put("xl/workbook.xml", $"""
            <workbook xmlns="{main}" xmlns:r="{office}"><workbookPr {properties}/><sheets><sheet name="Pupils" sheetId="1" r:id="rId1"/></sheets></workbook>
            """);
        Put("xl/_rels/workbook.xml.rels", $"""
            <Relationships xmlns="{links}"><Relationship Id="rId1" Type="{office}/worksheet" Target="worksheets/sheet1.xml"/>
            <Relationship Id="rId2" Type="{office}/styles" Target="styles.xml"/>
            <Relationship Id="rId3" Type="{office}/sharedStrings" Target="sharedStrings.xml"/></Relationships>
            """);
        Put("xl/styles.xml", $"""
            <styleSheet xmlns="{main}"><numFmts count="1"><numFmt numFmtId="164" formatCode="yyyy\-mm\-dd"/></numFmts>
            <fonts count="1"><font><sz val="11"/><name val="Calibri"/></font></fonts>
            <fills count="2"><fill><patternFill patternType="none"/></fill><fill><patternFill patternType="gray125"/></fill></fills>
            <borders count="1"><border><left/><right/><top/><bottom/><diagonal/></border></borders>
            <cellStyleXfs count="1"><xf numFmtId="0" fontId="0" fillId="0" borderId="0"/></cellStyleXfs>
            <cellXfs count="2"><xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>
            <xf numFmtId="164" fontId="0" fillId="0" borderId="0" xfId="0" applyNumberFormat="1"/></cellXfs>
            <cellStyles count="1"><cellStyle name="Normal" xfId="0" builtinId="0"/></cellStyles></styleSheet>
            """);
        Put("xl/worksheets/sheet1.xml", $"""<worksheet xmlns="{main}"><sheetData>{rows}</sheetData></worksheet>""");
        Put("xl/sharedStrings.xml", $"""<sst xmlns="{main}">{sharedTexts}</sst>""");

        void Put(string name, string xml)
        {
            using var writer = new StreamWriter(zip.CreateEntry(name).Open());
            writer.Write($"""<?xml version="1.0" encoding="UTF-8" standalone="yes"?>{xml}""");
        }
    }

    file.Position = 0;
    return file;
}

void Expect(string what, object? stated, object? seen)
{
    var same = Equals(stated, seen);
    changed |= !same;
    Console.WriteLine($"{(same ? "as stated" : "CHANGED")}: {what}: {seen ?? "nothing"}{(same ? "" : $" (stated: {stated ?? "nothing"})")}");
}
CS
dotnet restore --verbosity quiet || { echo "Could not run: the packages were not restored."; exit 2; }
dotnet run --no-restore || exit 1
