package dev.migrator.core.report;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * The one form in which a report is a ZIP file: nothing compressed, no times, no extra fields, no comments. So the same files
 * are the same bytes on every machine, every byte of a report is accounted for, and none stands for more than itself. Any unzip
 * opens it (PKWARE APPNOTE 6.3, 4.3).
 */
final class StoredZip {
    static final int LOCAL_BYTES = 30;
    static final int LOCAL = 0x04034b50;
    static final int CENTRAL = 0x02014b50;
    static final int END = 0x06054b50;

    private static final int CENTRAL_BYTES = 46;
    private static final int END_BYTES = 22;
    /** 1.0: what nothing but stored files asks for. */
    private static final short VERSION = 10;
    /** 1 January 1980, where the format's time begins. */
    private static final short DATE = 0x21;

    /**
     * @param at offset of its local header
     * @param crc CRC-32 of its bytes
     */
    record Member(String name, long at, int bytes, int crc) {}

    private StoredZip() {}

    static byte[] local(Member member) {
        var name = member.name().getBytes(StandardCharsets.US_ASCII);
        var header = buffer(LOCAL_BYTES + name.length).putInt(LOCAL).putShort(VERSION);
        common(header, member, name);
        return header.put(name).array();
    }

    /** Flags and method, which are zero, up to the length of the extra field, which is too. */
    private static void common(ByteBuffer header, Member member, byte[] name) {
        header.putShort((short) 0).putShort((short) 0);
        header.putShort((short) 0).putShort(DATE);
        header.putInt(member.crc()).putInt(member.bytes()).putInt(member.bytes());
        header.putShort((short) name.length).putShort((short) 0);
    }

    /** What follows the last file: each of them again, and how many there are. */
    static byte[] directory(List<Member> members, long at) {
        var out = new ByteArrayOutputStream();
        members.forEach(member -> out.writeBytes(central(member)));
        var size = out.size();
        out.writeBytes(buffer(END_BYTES)
                .putInt(END)
                .putShort((short) 0)
                .putShort((short) 0)
                .putShort((short) members.size())
                .putShort((short) members.size())
                .putInt(size)
                .putInt((int) at)
                .putShort((short) 0)
                .array());
        return out.toByteArray();
    }

    private static byte[] central(Member member) {
        var name = member.name().getBytes(StandardCharsets.US_ASCII);
        var header = buffer(CENTRAL_BYTES + name.length)
                .putInt(CENTRAL)
                .putShort(VERSION)
                .putShort(VERSION);
        common(header, member, name);
        header.putShort((short) 0) // comment
                .putShort((short) 0) // disk
                .putShort((short) 0) // attributes
                .putInt(0)
                .putInt((int) member.at());
        return header.put(name).array();
    }

    private static ByteBuffer buffer(int bytes) {
        return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }
}
