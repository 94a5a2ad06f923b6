#!/bin/bash
# The first program of a Linux in user mode (linux.uml), whose root is this computer's, read only: lays a folder in memory over it,
# starts an NFS and an SMB server and the networks of two clients, and runs /back/program.mjs.
#   /srv/export  ext4 on a loop device, exported            /back  the folder BACK of this computer, writable
#   networks     server 10.0.1.1 and 10.0.2.1, client a 10.0.1.2, client b 10.0.2.2
export PATH=/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin HOME=/root LANG=C.UTF-8
if [ "$1" != inside ]; then
  mount -t proc proc /proc
  mount -t tmpfs tmpfs /run
  mkdir -p /run/up /run/work /run/new /run/modules/lib
  cp -r /usr/lib/uml/modules /run/modules/lib/ && depmod -b /run/modules
  # The kernel loads what it needs by this name, in this root.
  printf '#!/bin/sh\nexec modprobe -d /run/modules "$@"\n' >/run/modprobe && chmod +x /run/modprobe
  echo /run/modprobe >/proc/sys/kernel/modprobe
  modprobe -d /run/modules -a loop fuse
  mount -t overlay -o lowerdir=/,upperdir=/run/up,workdir=/run/work overlay /run/new
  chroot /run/new /bin/bash "$0" inside
  halt -f
fi
mount -t proc proc /proc; mount -t sysfs sys /sys; mount -t devtmpfs dev /dev; mkdir -p /dev/pts /dev/shm
mount -t devpts devpts /dev/pts
for folder in /dev/shm /tmp /run /var/lib/nfs /mnt /srv; do mount -t tmpfs tmpfs $folder; done
ln -sf /proc/self/fd /dev/fd
mkdir -p /run/{rpc_pipefs,samba} /var/lib/nfs/{v4recovery,nfsdcld,sm,sm.bak} /srv/{disks,export} /back /var/lib/samba/private /var/cache/samba
touch /var/lib/nfs/{etab,rmtab,state}
mount -t hostfs -o hostfs="$BACK" none /back

ip link set lo up; hostname server
for client in a:1 b:2; do
  name=${client%:*} net=10.0.${client#*:}
  ip netns add "$name"
  ip link add "to-$name" type veth peer name eth0 netns "$name"
  ip address add "$net.1/24" dev "to-$name" && ip link set "to-$name" up
  ip -n "$name" address add "$net.2/24" dev eth0 && ip -n "$name" link set eth0 up && ip -n "$name" link set lo up
done

truncate -s 700M /srv/disks/export && mkfs.ext4 -q -O quota /srv/disks/export && mount -o loop,usrquota /srv/disks/export /srv/export && chmod 777 /srv/export
printf '/srv/export *(rw,no_root_squash,fsid=0,insecure,no_subtree_check)\n' >/etc/exports
cat >/etc/samba/smb.conf <<'SMB'
[global]
 map to guest = Bad User
 server min protocol = SMB3
 load printers = no
 disable spoolss = yes
[export]
 path = /srv/export
 guest ok = yes
 read only = no
 force user = root
SMB
mount -t rpc_pipefs rpc_pipefs /run/rpc_pipefs; mount -t nfsd nfsd /proc/fs/nfsd
# A server that remembers its clients, as after a restart; ten seconds instead of ninety for the time in which they may come back.
nfsdcld; rpcbind; rpc.statd --no-notify; rpc.nfsd --grace-time 10 --lease-time 10 8; exportfs -ra; rpc.mountd 2>/dev/null
smbd -D
echo "Up after $(cut -d' ' -f1 /proc/uptime) s: Linux $(uname -r), $(smbd --version), $(dpkg-query -W -f 'nfs-utils ${Version}' nfs-kernel-server)"
# Where it finds what belongs to this project.
cp /back/program.mjs "$PLACE/test/storage/" && node "$PLACE/test/storage/program.mjs"
echo $? >/back/code
