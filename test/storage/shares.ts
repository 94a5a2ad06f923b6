import { mkdir } from 'node:fs/promises';
import { setTimeout as pause } from 'node:timers/promises';
import { execa } from 'execa';

export type Client = 'a' | 'b';
export const CLIENTS: readonly Client[] = ['a', 'b'];

/** Mount of a file system, with its name in the table. */
export interface Kind {
  name: string;
  /** Options of `mount`. */
  options: string;
  type: 'nfs' | 'cifs' | 'disk';
}

const EXPORT = '/srv/export';
const SERVER = { a: '10.0.1.1', b: '10.0.2.1' };

const nfs4 = (more: string): Kind => ({
  name: `NFS 4.2${more && `, ${more}`}`,
  type: 'nfs',
  options: `vers=4.2${more && `,${more}`}`,
});
const nfs3 = (more: string): Kind => ({
  name: `NFS 3${more && `, ${more}`}`,
  type: 'nfs',
  options: `vers=3${more && `,${more}`}`,
});
const smb = (more: string): Kind => ({
  name: `SMB 3.1.1${more && `, ${more}`}`,
  type: 'cifs',
  options: `guest,vers=3.1.1${more && `,${more}`}`,
});
const disk = (name: string, options = ''): Kind => ({ name, type: 'disk', options });

/** File systems on which everything is measured. */
export const MAIN_KINDS: readonly Kind[] = [
  nfs4(''),
  smb(''),
  nfs3('nolock'),
  disk('ext4'),
  disk('XFS'),
  disk('btrfs'),
  disk('vfat', 'utf8'),
  disk('exFAT'),
];

/** Options of which facilities make use: what they may change is measured. */
export const OPTION_KINDS: readonly Kind[] = [
  nfs3(''),
  ...['sync', 'noac', 'soft,timeo=50', 'actimeo=60', 'nconnect=2'].map(nfs4),
  ...['nobrl', 'noserverino', 'mfsymlinks', 'cache=none', 'actimeo=60', 'soft', 'hard'].map(smb),
];

export const KINDS: readonly Kind[] = [...MAIN_KINDS, ...OPTION_KINDS];

const MAKE: Record<string, string[]> = {
  ext4: ['mkfs.ext4', '-q'],
  XFS: ['mkfs.xfs', '-q'],
  btrfs: ['mkfs.btrfs', '-q'],
  vfat: ['mkfs.vfat'],
  exFAT: ['mkfs.exfat'],
};

/** A file system, mounted by both clients; a disk is mounted once, and both are the same computer. */
export class Share {
  static #count = 0;

  private constructor(
    readonly kind: Kind,
    /** Mount point of each client. */
    readonly places: Readonly<Record<Client, string>>,
    /** The same on the server; of a disk its own. */
    readonly onServer: string,
    /** The file that its bytes lie in. */
    readonly image: string,
  ) {}

  get isRemote(): boolean {
    return this.kind.type !== 'disk';
  }

  static async mount(kind: Kind): Promise<Share> {
    const base = `/mnt/${++Share.#count}`;
    if (kind.type === 'disk') {
      const image = `/srv/disks/${kind.name}`;
      await mkdir(base, { recursive: true });
      await execa('truncate', ['-s', '400M', image]);
      const [program = '', ...args] = MAKE[kind.name] ?? [];
      await execa(program, [...args, image]);
      const share = new Share(kind, { a: base, b: base }, base, image);
      await share.mountImage(image, base);
      return share;
    }
    const share = new Share(kind, { a: `${base}-a`, b: `${base}-b` }, EXPORT, '/srv/disks/export');
    for (const client of CLIENTS) {
      await mkdir(share.places[client], { recursive: true });
      const what = {
        nfs: `${SERVER[client]}:${kind.options.includes('vers=3') ? EXPORT : '/'}`,
        cifs: `//${SERVER[client]}/export`,
      }[kind.type];
      // To the server, a client is its network and its name.
      const mount = `hostname ${client}; exec mount -t ${kind.type} -o ${kind.options} ${what} ${share.places[client]}`;
      await execa('nsenter', [`--net=/run/netns/${client}`, 'unshare', '--uts', 'sh', '-c', mount]);
    }
    return share;
  }

  /** Mounts an image of this file system elsewhere. */
  async mountImage(image: string, place: string) {
    const { name, options, type } = this.kind;
    if (name === 'exFAT') {
      const { stdout: device } = await execa('losetup', ['--find', '--show', image]);
      await execa('mount.exfat-fuse', [device, place]);
      return;
    }
    const known =
      type === 'disk' ? { ext4: 'ext4', XFS: 'xfs', btrfs: 'btrfs', vfat: 'vfat' }[name] : 'ext4';
    const more = [options, name === 'XFS' ? 'nouuid' : ''].filter((it) => it && type === 'disk');
    await execa('mount', ['-t', String(known), '-o', ['loop', ...more].join(','), image, place]);
  }

  async unmount(): Promise<void> {
    for (const place of new Set(Object.values(this.places)))
      await execa('umount', ['-l', place], { reject: false });
    if (this.kind.type === 'disk') await execa('rm', ['-f', this.image]);
  }

  /** Takes a client's cable out, or puts it in again. */
  async connect(client: Client, isUp: boolean): Promise<void> {
    await execa('ip', ['link', 'set', `to-${client}`, isUp ? 'up' : 'down']);
  }
}

/** Ends the servers without a word to anybody, and starts them again after a while. */
export async function restartServers(awayMs = 0): Promise<void> {
  await execa('pkill', ['-KILL', 'smbd'], { reject: false });
  await execa('rpc.nfsd', ['0']);
  await pause(awayMs);
  await execa('rpc.nfsd', ['--grace-time', '10', '--lease-time', '10', '8']);
  await execa('smbd', ['-D']);
}
