"""whom to ask at a site stands in the table of contacts alone"""

import sqlalchemy as sa
from alembic import op

revision = '0015'
down_revision = '0014'
branch_labels = None
depends_on = None

SITES = sa.table('sites', sa.column('id', sa.String), sa.column('document', sa.JSON))
CONTACTS = sa.table(
    'contacts',
    *(sa.column(name) for name in ('id', 'kind', 'owner', 'role', 'visit_id', 'name', 'phone', 'email')),
)
FIELDS = ('name', 'phone', 'email')


def upgrade() -> None:
    _resize_phone(80, 200)  # as long as the catalogue allows
    here = op.get_bind()
    for site, document in here.execute(sa.select(SITES.c.id, SITES.c.document)).all():
        host = document.get('host') or {}
        known = here.execute(sa.select(CONTACTS).where(*_of(site))).mappings().first() or {}
        filled = {name: host.get(name) or known.get(name) or '' for name in FIELDS}
        if any(host.values()):
            here.execute(sa.delete(CONTACTS).where(*_of(site)))
            here.execute(sa.insert(CONTACTS).values(kind='site', owner=site, role='', visit_id=None, **filled))
        if 'host' in document:
            here.execute(sa.update(SITES).where(SITES.c.id == site).values(document={**document, 'host': None}))


def downgrade() -> None:
    here = op.get_bind()
    for site, document in here.execute(sa.select(SITES.c.id, SITES.c.document)).all():
        known = here.execute(sa.select(CONTACTS).where(*_of(site))).mappings().first()
        if known:
            host = {name: known[name] for name in FIELDS}
            here.execute(sa.update(SITES).where(SITES.c.id == site).values(document={**document, 'host': host}))
            here.execute(sa.delete(CONTACTS).where(*_of(site)))
    here.execute(sa.update(CONTACTS).values(phone=sa.func.substr(CONTACTS.c.phone, 1, 80)))
    _resize_phone(200, 80)


def _of(site: str) -> tuple[sa.ColumnElement[bool], ...]:
    """Whom to ask at a site of the catalogue: nobody of a visit."""
    role = CONTACTS.c.role == '', CONTACTS.c.visit_id.is_(None)
    return CONTACTS.c.kind == 'site', CONTACTS.c.owner == site, *role


def _resize_phone(before: int, after: int) -> None:
    with op.batch_alter_table('contacts', schema=None) as batch_op:
        batch_op.alter_column('phone', existing_type=sa.String(length=before), type_=sa.String(length=after),
                              existing_nullable=False)
