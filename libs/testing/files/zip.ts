import { crc32, deflateRawSync } from 'node:zlib';

export interface Zipped {
  readonly name: string;
  readonly content: string | Uint8Array;
  /** What the archive says of it, instead of what is so. */
  readonly lie?: { readonly size?: number; readonly crc?: number };
}

/** A ZIP archive of these files as bytes (APPNOTE 6.3: local headers, central directory, its end), lies included. */
export function zip(files: readonly Zipped[]): Buffer {
  const parts: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const { local, central } = entry(file, offset);
    parts.push(local);
    directory.push(central);
    offset += local.length;
  }
  const central = Buffer.concat(directory);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(files.length, 8);
  end.writeUInt16LE(files.length, 10);
  end.writeUInt32LE(central.length, 12);
  end.writeUInt32LE(offset, 16);
  return Buffer.concat([...parts, central, end]);
}

function entry({ name, content, lie = {} }: Zipped, offset: number): { local: Buffer; central: Buffer } {
  const plain = Buffer.from(content);
  const packed = deflateRawSync(plain);
  const bytes = Buffer.from(name);
  const about = Buffer.alloc(26);
  about.writeUInt16LE(20, 0);
  about.writeUInt16LE(0x0800, 2);
  about.writeUInt16LE(8, 4);
  about.writeUInt32LE(lie.crc ?? crc32(plain), 10);
  about.writeUInt32LE(packed.length, 14);
  about.writeUInt32LE(lie.size ?? plain.length, 18);
  about.writeUInt16LE(bytes.length, 22);
  const local = Buffer.concat([Buffer.from('PK\u0003\u0004', 'latin1'), about, bytes, packed]);
  const place = Buffer.alloc(14);
  place.writeUInt32LE(offset, 10);
  const central = Buffer.concat([Buffer.from('PK\u0001\u0002\u0014\u0000', 'latin1'), about, place, bytes]);
  return { local, central };
}
