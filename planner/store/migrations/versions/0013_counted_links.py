"""the ids of links are never given out again, in databases of 0.1.0 too"""

import sqlalchemy as sa
from alembic import op

revision = '0013'
down_revision = '0012'
branch_labels = None
depends_on = None


def upgrade() -> None:
    """A link's token is made of its id: given out twice, an old link would open another visit."""
    if op.get_bind().dialect.name != 'sqlite':
        return
    made = op.get_bind().scalar(sa.text("select sql from sqlite_master where name = 'links'"))
    if 'AUTOINCREMENT' not in made:
        with op.batch_alter_table('links', recreate='always', table_kwargs={'sqlite_autoincrement': True}):
            pass


def downgrade() -> None:
    pass
