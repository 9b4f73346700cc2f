package org.tequio.formats.archive;

import java.util.zip.ZipEntry;

/**
 * One entry as the central directory describes it (PKWARE APPNOTE 6.3.10, section 4.3.12).
 *
 * @param name decoded
 * @param method 0 stored, 8 deflated
 * @param flags general purpose bits
 * @param packed bytes in the archive
 * @param unpacked bytes after unpacking, as announced
 * @param offset where its local header stands
 * @param unixMode file type and permissions; 0 where the archive was not made on Unix
 */
record ZipEntryRecord(
    String name, int method, int flags, long packed, long unpacked, long offset, int unixMode) {
  private static final int FILE_TYPE = 0170000;
  private static final int REGULAR = 0100000;
  private static final int FOLDER = 0040000;

  boolean isFolder() {
    return name.endsWith("/") || (unixMode & FILE_TYPE) == FOLDER;
  }

  boolean isEncrypted() {
    return (flags & 0x2041) != 0;
  }

  boolean isSpecial() {
    int type = unixMode & FILE_TYPE;
    return type != 0 && type != REGULAR && type != FOLDER;
  }

  boolean isReadable() {
    return method == ZipEntry.STORED || method == ZipEntry.DEFLATED;
  }

  /** Why nobody should write a file of this name; empty where the name is harmless. */
  String danger() {
    if (name.startsWith("/")) {
      return "an absolute path";
    }
    if (name.indexOf('\\') >= 0) {
      return "a backslash";
    }
    if (name.length() >= 2 && name.charAt(1) == ':') {
      return "a drive letter";
    }
    for (String part : name.split("/", -1)) {
      if (part.equals("..")) {
        return "a path that leads outside";
      }
    }
    if (name.indexOf('\0') >= 0) {
      return "a NUL character";
    }
    return isSpecial() ? "a symbolic link or a device" : "";
  }
}
