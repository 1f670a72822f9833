"""Writes a small PDF that passes every check but `fonts`; tests damage it in one place each."""

XMP = """<?xpacket begin="\ufeff" id="W5M0MpCehiHzreSzNTczkc9d"?>
<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#">
<rdf:Description rdf:about="" xmlns:dc="http://purl.org/dc/elements/1.1/"
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:pdfaid="http://www.aiim.org/pdfa/ns/id/"
 xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"
 xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#">
<dc:title><rdf:Alt><rdf:li xml:lang="x-default">Report</rdf:li></rdf:Alt></dc:title>
<xmp:CreateDate>2026-11-15T00:00:00Z</xmp:CreateDate>
<pdfaid:part>3</pdfaid:part><pdfaid:conformance>A</pdfaid:conformance><pdfuaid:part>1</pdfuaid:part>
<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">
<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>
</rdf:li></rdf:Bag></pdfaExtension:schemas>
</rdf:Description></rdf:RDF></x:xmpmeta>
<?xpacket end="w"?>"""

CONTENT = """/Artifact BMC 0 0 10 10 re f EMC
BT /F1 12 Tf 50 800 Td
/H1 <</MCID 0>> BDC (Adoption rose) Tj EMC
0 -20 Td /P <</MCID 1>> BDC (See ) Tj EMC
/Link <</MCID 2>> BDC (the table) Tj EMC
0 -20 Td /TH <</MCID 3>> BDC (Team) Tj EMC
50 0 Td /TH <</MCID 4>> BDC (Adoption) Tj EMC
-50 -20 Td /TD <</MCID 5>> BDC (Data) Tj EMC
50 0 Td /TD <</MCID 6>> BDC (62) Tj EMC
ET
/Figure <</MCID 7>> BDC 50 600 100 50 re f EMC
BT /F1 12 Tf 50 500 Td /Lbl <</MCID 8>> BDC (1.) Tj EMC
20 0 Td /LBody <</MCID 9>> BDC (Ask) Tj EMC ET"""

# Object number -> its text, or (dictionary entries, stream).
OBJECTS = {
    1: "<</Type/Catalog/Pages 2 0 R/Lang(en)/MarkInfo<</Marked true>>/StructTreeRoot 10 0 R"
    "/Metadata 5 0 R/OutputIntents[6 0 R]/ViewerPreferences<</DisplayDocTitle true>>"
    "/Outlines 8 0 R/AF[31 0 R]/Names<</EmbeddedFiles<</Names[(kpis.csv) 31 0 R]>>>>>>",
    2: "<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: "<</Type/Page/Parent 2 0 R/MediaBox[0 0 595.276 841.89]/Contents 4 0 R/Tabs/S/StructParents 0"
    "/Annots[30 0 R]/Resources<</Font<</F1<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>>>>>>>",
    4: ("", CONTENT),
    5: ("/Type/Metadata/Subtype/XML", XMP),
    6: "<</Type/OutputIntent/S/GTS_PDFA1/OutputConditionIdentifier(sRGB)/DestOutputProfile 7 0 R>>",
    7: ("/N 3", "\0" * 36 + "acsp" + "\0" * 88),
    8: "<</Type/Outlines/First 9 0 R/Last 9 0 R/Count 1>>",
    9: "<</Title(Adoption)/Parent 8 0 R/Dest[3 0 R/Fit]>>",
    10: "<</Type/StructTreeRoot/K[11 0 R]/ParentTree<</Nums[0[12 0 R 13 0 R 14 0 R 18 0 R 19 0 R 21 0 R"
    " 22 0 R 23 0 R 26 0 R 27 0 R]1 14 0 R]>>/ParentTreeNextKey 2>>",
    11: "<</S/Document/P 10 0 R/K[12 0 R 13 0 R 16 0 R 23 0 R 24 0 R]>>",
    12: "<</S/H1/P 11 0 R/Pg 3 0 R/K 0>>",
    13: "<</S/P/P 11 0 R/Pg 3 0 R/K[1 14 0 R]>>",
    14: "<</S/Link/P 13 0 R/Pg 3 0 R/Alt(To the table)/K[2<</Type/OBJR/Obj 30 0 R>>]>>",
    16: "<</S/Table/P 11 0 R/K[17 0 R 20 0 R]>>",
    17: "<</S/TR/P 16 0 R/K[18 0 R 19 0 R]>>",
    18: "<</S/TH/P 17 0 R/Pg 3 0 R/A<</O/Table/Scope/Column>>/K 3>>",
    19: "<</S/TH/P 17 0 R/Pg 3 0 R/A<</O/Table/Scope/Column>>/K 4>>",
    20: "<</S/TR/P 16 0 R/K[21 0 R 22 0 R]>>",
    21: "<</S/TD/P 20 0 R/Pg 3 0 R/K 5>>",
    22: "<</S/TD/P 20 0 R/Pg 3 0 R/K 6>>",
    23: "<</S/Figure/P 11 0 R/Pg 3 0 R/Alt(Adoption over twelve weeks)/K[7]>>",
    24: "<</S/L/P 11 0 R/K[25 0 R]>>",
    25: "<</S/LI/P 24 0 R/K[26 0 R 27 0 R]>>",
    26: "<</S/Lbl/P 25 0 R/Pg 3 0 R/K 8>>",
    27: "<</S/LBody/P 25 0 R/Pg 3 0 R/K 9>>",
    30: "<</Type/Annot/Subtype/Link/Rect[50 770 150 790]/F 4/Contents(To the table)/StructParent 1"
    "/Dest[3 0 R/Fit]>>",
    31: "<</Type/Filespec/F(kpis.csv)/UF(kpis.csv)/AFRelationship/Data/EF<</F 32 0 R>>>>",
    32: (
        "/Type/EmbeddedFile/Subtype/text#2Fcsv/Params<</ModDate(D:20261115000000Z)>>",
        "kpi,value\n",
    ),
    33: "<</Title(Report)/CreationDate(D:20261115000000Z)>>",
    34: "<</Type/Font/Subtype/CIDFontType2/BaseFont/Unused/CIDToGIDMap/Identity>>",
    35: (
        "/Type/XObject/Subtype/Image/Width 1/Height 1/ColorSpace/DeviceGray/BitsPerComponent 8"
        "/Interpolate false",
        "x",
    ),
}
TRAILER = "/Root 1 0 R/Info 33 0 R/ID[<0123456789abcdef0123456789abcdef><0123456789abcdef0123456789abcdef>]"
HEADER = b"%PDF-1.7\n%\xb5\xed\xae\xfb\n"


def write(path, objects=None, trailer=TRAILER, header=HEADER):
    objects = OBJECTS if objects is None else objects
    out, offsets = bytearray(header), {}
    for number, value in objects.items():
        offsets[number] = len(out)
        out += f"{number} 0 obj\n".encode()
        if isinstance(value, tuple):
            data = value[1].encode()
            out += f"<<{value[0]}/Length {len(data)}>>\nstream\n".encode() + data + b"\nendstream"
        else:
            out += value.encode()
        out += b"\nendobj\n"
    start, size = len(out), max(objects) + 1
    out += f"xref\n0 {size}\n0000000000 65535 f \n".encode()
    for number in range(1, size):
        out += (
            f"{offsets[number]:010} 00000 n \n" if number in offsets else "0000000000 00001 f \n"
        ).encode()
    out += f"trailer\n<</Size {size}{trailer}>>\nstartxref\n{start}\n%%EOF\n".encode()
    with open(path, "wb") as file:
        file.write(out)
